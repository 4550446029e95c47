"""Codes about people in words."""

from motcua.contexts.identity.contracts import IdentifierKind, Sex, Source
from motcua.contexts.identity.contracts.organisations import OrganisationKind

SOURCE_NAMES: dict[str, str] = {
    Source.VNEID: "VNeID mức 2",
    Source.VNEID_LEVEL_1: "VNeID mức 1, tự khai",
    Source.COUNTER: "cán bộ nhập tại quầy",
    Source.APPLICATION: "người khác khai",
    Source.SEED: "dữ liệu mẫu",
}
SEX_NAMES: dict[str, str] = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ", Sex.OTHER: "Khác"}
NUMBER_NAMES: dict[str, str] = {
    IdentifierKind.SDDCN12: "số định danh cá nhân",
    IdentifierKind.CMND9_OLD: "chứng minh nhân dân 9 số",
    IdentifierKind.PASSPORT: "hộ chiếu",
    IdentifierKind.FOREIGN_EID: "định danh điện tử của người nước ngoài",
    IdentifierKind.BIRTH_TEMP: "số tạm khi khai sinh",
    IdentifierKind.UNKNOWN: "chưa rõ loại",
}
BODY_NAMES: dict[str, str] = {
    OrganisationKind.COMPANY: "doanh nghiệp",
    OrganisationKind.COOPERATIVE: "hợp tác xã",
    OrganisationKind.HOUSEHOLD_BUSINESS: "hộ kinh doanh",
    OrganisationKind.ASSOCIATION: "tổ chức khác",
}

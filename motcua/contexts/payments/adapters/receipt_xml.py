"""Bản XML của biên lai: the same facts for a program; the form is the software's own."""

from xml.etree.ElementTree import Element, SubElement, tostring

from motcua.contexts.payments.contracts.receipts import ReceiptView
from motcua.contexts.payments.rules.receipts import rules, shown_code
from motcua.kernel.clock import city_time

NAMESPACE = "urn:motcua:bien-lai:1"


def receipt_as_xml(found: ReceiptView) -> bytes:
    """No name of a payer: whoever holds the code may read it."""
    root = Element("bienLai", xmlns=NAMESPACE, mau=rules().form)
    for name, value in (
        ("soBienLai", found.number),
        ("maTraCuu", shown_code(found.code)),
        ("loai", found.kind.value),
        ("tinhTrang", found.state.value),
        ("noiThu", found.agency),
        ("maKhoanThu", found.invoice_code),
        ("maHoSo", found.subject),
        ("ngayLap", city_time(found.issued_at).isoformat()),
        ("soTien", str(int(found.amount))),
        ("soTienDieuChinh", str(int(found.adjusted_by))),
        ("lyDo", found.reason),
        ("veBienLai", found.about),
        ("ngayHetGiaTri", city_time(found.ended_at).isoformat() if found.ended_at else ""),
        ("lyDoHetGiaTri", found.end_reason),
    ):
        SubElement(root, name).text = value
    items = SubElement(root, "cacKhoan")
    for label, amount in found.items:
        SubElement(items, "khoan", soTien=str(int(amount))).text = label
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content

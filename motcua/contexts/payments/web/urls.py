"""Addresses of payments."""

from django.urls import path

from motcua.contexts.payments.web import (
    closing,
    collecting,
    paying,
    receipts,
    refund_desk,
    refunding,
    reports,
    statements,
)

app_name = "payments"
urlpatterns = [
    path("thanh-toan/<str:code>", paying.pay, name="pay"),
    path("thanh-toan/<str:code>/tinh-trang", paying.state, name="state"),
    path("thanh-toan/<str:code>/ngan-hang", paying.to_bank, name="to_bank"),
    path("thanh-toan/<str:code>/tien-mat", collecting.cash, name="cash"),
    path("thanh-toan/<str:code>/hoan", refund_desk.start, name="refund"),
    path("thanh-toan/<str:code>/xin-hoan", refunding.ask, name="ask_refund"),
    path(
        "thanh-toan/<str:code>/hoan/<uuid:refund_id>/tai-khoan",
        refunding.account,
        name="refund_account",
    ),
    path("thanh-toan/<str:code>/hoan/<uuid:refund_id>/giay", refunding.paper, name="refund_paper"),
    path("thanh-toan/<str:code>/bien-lai", paying.receipt, name="receipt"),
    path("thanh-toan/<str:code>/cac-bien-lai", receipts.of_bill, name="receipts_of_bill"),
    path("bien-lai", receipts.look_up, name="receipt_look_up"),
    path("bien-lai.xml", receipts.xml, name="receipt_xml"),
    path("thu-phi/dai-bien-lai", receipts.ranges, name="receipt_ranges"),
    path("thu-phi/dai-bien-lai.csv", receipts.ranges_file, name="receipt_ranges_file"),
    path("thu-phi", collecting.counter, name="counter"),
    path("thu-phi/tien-chua-ro", collecting.suspense, name="suspense"),
    path("thu-phi/tien-chua-ro/<uuid:credit_id>/gan", collecting.give, name="give"),
    path("thu-phi/tien-chua-ro/<uuid:credit_id>/tra-lai", collecting.send_back, name="send_back"),
    path("thu-phi/tien-chua-ro/<uuid:credit_id>/da-xem", collecting.seen, name="seen"),
    path("thu-phi/hoan", refund_desk.listed, name="refunds"),
    path("thu-phi/hoan.csv", refund_desk.export, name="refunds_export"),
    path("thu-phi/hoan/<uuid:refund_id>", refund_desk.show, name="refund_one"),
    path("thu-phi/hoan/<uuid:refund_id>/duyet", refund_desk.agree, name="refund_agree"),
    path("thu-phi/hoan/<uuid:refund_id>/khong", refund_desk.decline, name="refund_decline"),
    path("thu-phi/hoan/<uuid:refund_id>/da-tra", refund_desk.handed, name="refunded"),
    path("thu-phi/so-sach", collecting.books, name="books"),
    path("thu-phi/bao-cao/<str:report>.csv", reports.export, name="report_export"),
    path("thu-phi/bao-cao/<str:report>", reports.show, name="report"),
    path("thu-phi/chot-ngay", closing.listed, name="closings"),
    path("thu-phi/chot-ngay/<uuid:unit_id>/<str:day>", closing.show, name="unit_day"),
    path(
        "thu-phi/chot-ngay/<uuid:unit_id>/<str:day>/so.csv", closing.export, name="unit_day_export"
    ),
    path(
        "thu-phi/chot-ngay/<uuid:unit_id>/<str:day>/so.pdf", closing.report, name="unit_day_report"
    ),
    path("thu-phi/chot-ngay/<uuid:unit_id>/<str:day>/ky", closing.sign, name="unit_day_sign"),
    path("thu-phi/chot-ngay/<uuid:unit_id>/<str:day>/chot", closing.close, name="unit_day_close"),
    path(
        "thu-phi/chot-ngay/<uuid:unit_id>/<str:day>/tra-lai",
        closing.send_back,
        name="unit_day_return",
    ),
    path("thu-phi/sao-ke", statements.listed, name="statements"),
    path("thu-phi/sao-ke/<str:day>", statements.show, name="bank_day"),
    path("thu-phi/sao-ke/<str:day>/doi-soat.csv", statements.export, name="bank_day_export"),
    path("thu-phi/sao-ke/<str:day>/doi-soat.pdf", statements.report, name="bank_day_report"),
    path("thu-phi/sao-ke/<str:day>/xu-ly", statements.settle, name="bank_day_settle"),
    path("thu-phi/sao-ke/<str:day>/xu-ly-het", statements.settle_all, name="bank_day_settle_all"),
    path("thu-phi/sao-ke/<str:day>/chot", statements.close, name="bank_day_close"),
    path("thu-phi/sao-ke/<str:day>/mo-lai", statements.reopen, name="bank_day_reopen"),
]

"""Addresses of payments."""

from django.urls import path

from motcua.contexts.payments.web import collecting, paying

app_name = "payments"
urlpatterns = [
    path("thanh-toan/<str:code>", paying.pay, name="pay"),
    path("thanh-toan/<str:code>/tinh-trang", paying.state, name="state"),
    path("thanh-toan/<str:code>/ngan-hang", paying.to_bank, name="to_bank"),
    path("thanh-toan/<str:code>/tien-mat", collecting.cash, name="cash"),
    path("thanh-toan/<str:code>/hoan", collecting.refund, name="refund"),
    path("thanh-toan/<str:code>/bien-lai", paying.receipt, name="receipt"),
    path("thu-phi", collecting.counter, name="counter"),
    path("thu-phi/tien-chua-ro", collecting.suspense, name="suspense"),
    path("thu-phi/tien-chua-ro/<uuid:credit_id>/gan", collecting.give, name="give"),
    path("thu-phi/tien-chua-ro/<uuid:credit_id>/tra-lai", collecting.send_back, name="send_back"),
    path("thu-phi/tien-chua-ro/<uuid:credit_id>/da-xem", collecting.seen, name="seen"),
    path("thu-phi/hoan/<uuid:refund_id>", collecting.refunded, name="refunded"),
    path("thu-phi/so-sach", collecting.books, name="books"),
]

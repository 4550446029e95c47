"""Mô hình trang hồ sơ ở bàn làm việc: whose step, clock, papers, what may be done."""




"""Lời dẫn in a package, for whoever finds it without us."""

READ_FIRST = """GÓI LƯU TRỮ HỒ SƠ THỦ TỤC HÀNH CHÍNH

Gói này theo chuẩn mở BagIt 1.0 (RFC 8493). Kiểm tra bằng bất kỳ công cụ BagIt nào, hoặc:
    motcua archive verify THƯ-MỤC-HOẶC-TỆP-ZIP

data/package.json        danh mục: mã hồ sơ, SHA-256, dung lượng
data/dossiers/MÃ.zip     mỗi hồ sơ một túi BagIt; .zip.sealed là túi đã niêm phong (AES-256-GCM)
data/proofs/MÃ.json      bằng chứng rằng sổ cái đã ghi SHA-256 của túi đó
data/trust/roots.pem     chứng thư gốc để kiểm chữ ký số trên kết quả (PAdES B-LT)
data/trust/ledger-key.txt khóa công khai của sổ cái (Ed25519, 64 chữ số hex)
data/trust/verify_ledger.py chương trình kiểm bằng chứng, chỉ cần Python

Trong túi của một hồ sơ:
data/dossier.json        toàn bộ nội dung, UTF-8: thủ tục, đơn vị, người nộp, câu trả lời và nguồn
                         của từng câu, giấy tờ, văn bản đã ban hành, diễn biến, trao đổi, khoản thu
data/papers/             giấy tờ đã nộp            data/results/   kết quả đã ký
data/letters/            phiếu, thông báo đã ký    data/ledger/    lá sổ cái và bằng chứng

SHA-256 trong manifest-sha256.txt; dòng là: mã băm, hai dấu cách, đường dẫn.

---
ARCHIVE PACKAGE OF ADMINISTRATIVE DOSSIERS. An open BagIt 1.0 bag (RFC 8493). Each dossier is a bag
in a zip of its own under data/dossiers; dossier.json describes everything and names each file with
its hash. Signed results are PAdES B-LT and verify with roots.pem and what lies in them. Each bag's
hash is in the ledger: check data/proofs/CODE.json with verify_ledger.py and ledger-key.txt.
"""

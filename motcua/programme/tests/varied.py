"""What a right reading of the plans in `plans/` holds, row by row.

Each row: appendix, group number, number, content, lead, coordinating, time, product, note, kind of deadline.
"""

VP, CAC = "Văn phòng UBND tỉnh", "Các sở, ban, ngành"
VPH = "Văn phòng HĐND và UBND huyện"
VPU, PB = "Văn phòng HĐND và UBND", "Các phòng, ban"
VG, PCM = "Văn phòng HĐND-UBND huyện", "Các phòng chuyên môn"

EXPECTED: dict[str, dict[str, object]] = {
    "a_tinh_2024.txt": {
        "title": "Cải cách thủ tục hành chính và kiểm soát thủ tục hành chính trên địa bàn tỉnh An Lộc năm 2024",
        "number": "215/KH-UBND", "date": "2024-01-18", "issuer": "ỦY BAN NHÂN DÂN TỈNH AN LỘC",
        "signer": "Trần Quốc Bảo", "year": 2024, "bases": 3, "recipients": 4,
        "targets": [(">=", 95), ("<=", 3), ("=", 100)],
        "rows": [
            ("", "A", "1", "Ban hành Chỉ thị về nâng cao chất lượng phục vụ người dân", VP, "Sở Nội vụ", "Trước 28/2/2024", "Chỉ thị của Chủ tịch UBND tỉnh", "", "before_date"),
            ("", "A", "2", "Họp giao ban chuyên đề về kiểm soát thủ tục hành chính", VP, CAC, "Hằng tháng (trước ngày 22)", "Thông báo kết luận", "", "recurring + day"),
            ("", "B", "3", "Rà soát thủ tục hành chính lĩnh vực đất đai, xây dựng", "Sở Tài nguyên và Môi trường; Sở Xây dựng", "UBND cấp huyện", "Quý II, quý III/2024", "Phương án đơn giản hóa", "", "quarter list/range/or"),
            ("", "B", "4", "Tổng hợp, trình Chủ tịch UBND tỉnh thông qua phương án", VP, CAC, "Chậm nhất ngày 15/9/2024", "Quyết định", "", "before_date"),
            ("", "B", "5", "Thực thi phương án đơn giản hóa sau khi được thông qua", CAC, VP, "Trong vòng 30 ngày kể từ ngày phương án được phê duyệt", "Văn bản quy phạm pháp luật", "", "n days after"),
            ("", "C", "6", "Báo cáo kết quả kiểm soát thủ tục hành chính", VP, "", "Định kỳ quý, 6 tháng, năm", "Báo cáo", "", "recurring period"),
        ],
    },
    "b_xa_2025.txt": {
        "title": "Kiểm soát thủ tục hành chính năm 2025 của xã Vĩnh Hòa",
        "number": "09/KH-UBND", "date": "2025-01-06", "issuer": "UBND xã Vĩnh Hòa",
        "signer": "Nguyễn Thị Hoa Sen", "year": 2025, "bases": 1, "recipients": 3, "targets": [("=", 100)],
        "rows": [
            ("", "I", "1", "Niêm yết thủ tục tại Bộ phận Một cửa; gỡ bỏ thủ tục hết hiệu lực", "Công chức Văn phòng - Thống kê", "", "Ngay sau khi có quyết định công bố", "Bảng niêm yết được cập nhật", "", "at once"),
            ("", "I", "2", "Đăng tải thủ tục trên Trang thông tin điện tử xã", "Công chức Văn hóa - Xã hội", "", "Thường xuyên", "Chuyên mục trên trang", "", "continuous"),
            ("", "II", "1", "Thực hiện 100% hồ sơ trên Hệ thống thông tin giải quyết thủ tục hành chính", "Bộ phận Một cửa", "", "Cả năm", "Hồ sơ trên hệ thống", "", "year"),
            ("", "II", "2", "Xin lỗi bằng văn bản khi hồ sơ trễ hạn", "Bộ phận Một cửa", "", "Chậm nhất 01 ngày trước ngày hết hạn", "Phiếu xin lỗi", "", "n days before"),
            ("", "II", "3", "Lấy ý kiến đánh giá của người dân", "Công chức Tư pháp - Hộ tịch", "", "02 lần/năm (tháng 6 và tháng 12)", "Phiếu khảo sát", "", "recurring n/year"),
        ],
    },
    "c_so_2023.txt": {
        "title": "Rà soát, đơn giản hóa thủ tục hành chính năm 2023 của Sở Y tế",
        "number": "125/KH-SYT", "date": "2023-02-20", "issuer": "SỞ Y TẾ", "signer": "Lê Hoàng Minh", "year": 2023,
        "bases": 1, "recipients": 3, "targets": [],
        "rows": [
            ("", "", "1", "Rà soát thủ tục cấp giấy phép hoạt động cơ sở khám bệnh", "Phòng Nghiệp vụ Y", "Văn phòng Sở", "Quý I/2023", "Báo cáo rà soát", "", "quarter"),
            ("", "", "2", "Rà soát thủ tục cấp chứng chỉ hành nghề dược", "Phòng Nghiệp vụ Dược", "Văn phòng Sở", "Quý II/2023", "Báo cáo rà soát", "Thủ tục có nhiều hồ sơ", "quarter"),
            ("", "", "3", "Tổng hợp, gửi Văn phòng UBND tỉnh", "Văn phòng Sở", PCM, "Xong trước 31/7/2023", "Báo cáo của Sở", "", "before_date"),
            ("", "", "4", "Tập huấn nghiệp vụ", "Văn phòng Sở", "Các đơn vị trực thuộc", "Tháng 4, tháng 10/2023", "Danh sách tham dự", "", "month range"),
            ("", "", "5", "Giải đáp vướng mắc của cơ sở y tế", PCM, "Thanh tra Sở", "Khi có phát sinh", "Văn bản trả lời", "", "on event"),
        ],
    },
    "d_huyen_2022.txt": {
        "title": "Hoạt động kiểm soát thủ tục hành chính năm 2022", "number": "", "date": None,
        "issuer": "ỦY BAN NHÂN DÂN HUYỆN TÂN PHƯỚC", "signer": "Phạm Văn Long", "year": 2022, "bases": 0,
        "recipients": 2, "targets": [],
        "rows": [
            ("01", "I", "1", "Cập nhật thủ tục hành chính vào cơ sở dữ liệu quốc gia", VPH, PCM, "Thường xuyên", "Dữ liệu được cập nhật", "", "continuous"),
            ("01", "I", "2", "Kiểm tra việc niêm yết tại cấp xã", VPH, "Phòng Nội vụ; Phòng Tư pháp", "Quý II/2022", "Biên bản kiểm tra", "", "quarter"),
            ("01", "II", "1", "Xây dựng chuyên mục trên Đài truyền thanh", "Trung tâm Văn hóa - Thông tin", "UBND các xã, thị trấn", "Định kỳ hằng tháng", "Chuyên mục phát thanh", "", "recurring period"),
            ("02", "", "1", "Báo cáo tình hình thực hiện cho UBND tỉnh", VPH, "", "Trước ngày 10 tháng cuối quý", "", "", "recurring + day"),
        ],
    },
    "e_tinh_html.txt": {
        "title": "Thực hiện cơ chế một cửa, một cửa liên thông năm 2021 trên địa bàn tỉnh Hải Đông", "number": "",
        "date": None, "issuer": "UBND tỉnh Hải Đông", "signer": "", "year": 2021, "bases": 0, "recipients": 0,
        "targets": [],
        "rows": [
            ("", "I", "1", "Rà soát, bố trí công chức tại Bộ phận Một cửa các cấp", "Sở Nội vụ", "UBND cấp huyện", "Quý I/2021", "", "", "quarter"),
            ("", "I", "2", "Đầu tư trang thiết bị", "Sở Tài chính", "Văn phòng UBND tỉnh; UBND cấp huyện", "6 tháng đầu năm 2021", "", "Theo phân cấp ngân sách", "month range"),
            ("", "II", "1", "Kiểm tra công vụ tại Bộ phận Một cửa & Trung tâm", "Sở Nội vụ", "Thanh tra tỉnh", "Theo Kế hoạch của UBND tỉnh", "", "", "per external doc"),
            ("", "II", "2", "Đối thoại với doanh nghiệp", "Chủ tịch UBND tỉnh", CAC, "Quý II hoặc quý III/2021", "", "", "quarter list/range/or"),
        ],
    },
    "f_phuong_2026.txt": {
        "title": "Kiểm soát thủ tục hành chính năm 2026", "number": "31/KH-UBND", "date": "2026-01-12",
        "issuer": "ỦY BAN NHÂN DÂN PHƯỜNG ĐÔNG HÀ", "signer": "Hồ Thị Lan Anh", "year": 2026, "bases": 0,
        "recipients": 2, "targets": [],
        "rows": [
            ("", "I", "1", "Công khai thủ tục hành chính theo danh mục thuộc thẩm quyền của phường.", "Trung tâm Phục vụ hành chính công phường.", "Văn phòng HĐND và UBND phường.", "Thường xuyên.", "Danh mục được niêm yết.", "", "continuous"),
            ("", "I", "2", "Tổ chức hội nghị tập huấn về dịch vụ công trực tuyến cho tổ công nghệ số cộng đồng.", "Phòng Văn hóa - Xã hội.", "", "Tháng 3/2026.", "Hội nghị được tổ chức.", "", "month"),
            ("", "I", "3", "Báo cáo kết quả với UBND tỉnh.", "Văn phòng HĐND và UBND phường;", "Các phòng chuyên môn;", "Trước ngày 15 tháng cuối quý và trước ngày 15/12.", "", "", "recurring + day"),
        ],
    },
    "g_huyen_2020.txt": {
        "title": "PHÂN CÔNG NHIỆM VỤ NĂM 2020", "number": "07/KH-UBND", "date": "2020-01-15",
        "issuer": "UBND huyện Kim Sơn Động", "signer": "", "year": 2020, "bases": 0, "recipients": 0, "targets": [],
        "rows": [
            ("II", "1", "1.1", "Xây dựng kế hoạch kiểm soát TTHC", VPU, PB, "Tháng 01/2020", "Kế hoạch", "", "month"),
            ("II", "1", "1.2", "Phân công cán bộ đầu mối", "Phòng Nội vụ", "", "Quý l/2020", "Quyết định", "", "quarter"),
            ("II", "1", "1.4", "Theo dõi việc thực hiện kế hoạch", VPU, PB, "Thường xuyên", "", "", "continuous"),
            ("II", "2", "a", "Tuyên truyền trên loa truyền thanh", "Phòng Văn hóa và Thông tin", "UBND xã", "02 lần/tháng", "Tin, bài", "", "recurring n/year"),
            ("II", "2", "b", "Góp ý dự thảo văn bản", "Phòng Tư pháp", PB, "Khi có yêu cầu", "Văn bản góp ý", "", "on event"),
            ("II", "2", "", "Kiểm tra đột xuất tại cấp xã", "Phòng Nội vụ", "Thanh tra huyện", "Đột xuất", "Biên bản", "", "on event"),
            ("II", "2", "c", "Sơ kết, tổng kết", VPU, PB, "Tháng 6 và tháng 12", "Báo cáo", "", "month range"),
        ],
    },
    "h_layout.txt": {
        "title": "Kiểm soát thủ tục hành chính năm 2019 huyện Đắk Glei Mới", "number": "", "date": None, "issuer": "",
        "signer": "", "year": 2019, "bases": 0, "recipients": 0, "targets": [],
        "rows": [
            ("", "I", "1", "Lập danh mục thủ tục cần rà soát năm 2019", VG, PCM, "Trước 15/3/2019", "Danh mục", "", "before_date"),
            ("", "I", "2", "Rà soát theo danh mục", PCM, "UBND các xã", "Quý II/2019", "Biểu mẫu rà soát", "", "quarter"),
            ("", "II", "1", "Báo cáo quý và năm gửi UBND tỉnh", VG, PCM, "Hàng quý, năm", "Báo cáo", "", "recurring period"),
        ],
    },
}  # fmt: skip

"""Whether a cell names who does something."""

import re

from motcua.programme.rules.words import flatten

_WHO = re.compile(
    r"^\W*(?:cac\s+|lanh dao\s+|thu truong\s+|truong\s+|giam doc\s+|chu tich\s+|nganh\s+)*"
    r"(?:van phong|vp\b|so\b|phong\b|ban\b|ubnd|uy ban|hdnd|hoi dong|co quan|don vi|bo phan|trung tam|tt\b|cong an|"
    r"thanh tra|chi cuc|cuc\b|bo\b|kho bac|bao hiem|buu dien|nganh|to\b|doan\b|hoi\b|mat tran|ubmttq|xa\b|phuong\b|"
    r"huyen|thi tran|tp\b|thanh pho|tinh\b|cong chuc|can bo|tu phap|tai chinh|van hoa|dia chinh|chi huy|quan su|"
    r"bao\b|dai\b|vnpt|viettel|doanh nghiep|truong\b|cong ty|lien doan|sở|chuyen vien|thu truong|cac thanh vien|"
    r"to chuc|ngan hang|he thong|trung uong|bqp?l|toa an|vien kiem sat|benh vien|chu tich|pho chu tich|thon\b|khu pho|"
    r"ke toan|giam doc|toan the|vhxh|lao dong|noi vu|kinh te|nong nghiep|xay dung|y te|giao duc)"
)


def looks_like_actor(text: str) -> bool:
    """Whether the text begins as the name of a unit, a post or a group of units does."""
    return bool(_WHO.match(flatten(text.strip())))

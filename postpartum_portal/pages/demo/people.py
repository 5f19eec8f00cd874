"""The demo's people: invented, placed relative to today by `load_demo`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """One ready-made sign-in. `role`: citizen, centre, decider or facility."""

    email: str
    display_name: str
    role: str
    who: str
    home: str

    @property
    def is_staff(self) -> bool:
        return self.role != "citizen"


PEOPLE = (
    Person("hanako@example.jp", "", "citizen", "お母さん。妊娠33週、これから申請します", "/kodaira/my/"),
    Person("misaki@example.jp", "", "citizen", "お母さん。承認ずみ、生後1か月。予約があります", "/kodaira/my/"),
    Person("watanabe@example.jp", "渡辺", "centre", "小平市こども家庭センターの助産師", "/kodaira/centre/"),
    Person("tanaka@example.jp", "田中", "decider", "小平市こども家庭センターの決定者", "/kodaira/centre/"),
    Person("uketsuke@example.jp", "受付", "facility", "ジュンレディースクリニック小平の受付", "/facility/"),
)

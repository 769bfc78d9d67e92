"""The page of loads: figures, proofs on demand, norms."""


def test_load_page_shows_figures_crowds_and_norms(reader):
    page = reader.get("/load/").text
    assert "均衡度" in page
    assert "同一铃声换场地的班级最多：" in page
    assert "场地与师资标准" in page
    assert "篮球、排球场" in page
    # Two PE lessons of A (one on both zones), one every other week of B.
    assert "高峰 2 个班" in page


def test_peaks_are_proven_when_asked_for(reader):
    assert "?prove=1" in reader.get("/load/").text
    page = reader.get("/load/?prove=1").text
    # The music lessons clash, so this timetable is not held against the bound.
    assert "高峰最低值合计" in page
    assert "需几秒" not in page

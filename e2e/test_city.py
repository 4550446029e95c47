"""The city as `./run` starts it answers, shows its gallery, and breaks no rule doing so."""

LOADED = "() => document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded').length)"


def test_the_city_opens_with_its_styles_and_typeface(city, page_desktop, axe):
    answer = page_desktop.goto(f"{city.url}/ui/")

    assert answer.status == 200
    assert page_desktop.evaluate(LOADED) >= 4
    axe(page_desktop)

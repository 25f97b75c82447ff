"""What axe finds on a page."""

from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def violations(page):
    """One line for each place that breaks a rule: address, rule, the element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f'{page.url}: {rule["id"]}: {node["html"][:160]}' for rule in found for node in rule["nodes"]]

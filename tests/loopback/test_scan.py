"""A scan of a simulated company: every map is recognised or honestly unknown."""

from custom_components.legrand_ews.ews.bus import Certainty, DeviceStatus

from .bus_site import site_of

COMPANY = "simulator/sites/company.yaml"
SPARE = 3


async def test_the_devices_of_a_company_are_found() -> None:
    async with site_of(COMPANY) as site:
        catalogue = site.catalogue
        for name, bus in site.buses.items():
            by_address: dict[int, set[str]] = {}
            for spec in site.simulation.site.devices_behind(name):
                # A pulse meter is found as its concentrator.
                key = spec.pulse.concentrator if spec.pulse else spec.model
                map_key = catalogue.models[key].map_key
                by_address.setdefault(spec.address, set()).add(map_key)
            first, last = min(by_address), max(by_address)
            result = await bus.scan(first, last + SPARE)
            assert {f.address for f in result.found} == set(by_address)
            assert result.silent == last + SPARE - first + 1 - len(by_address)
            for found in result.found:
                expected = by_address[found.address]
                probes = {
                    key
                    for key in expected
                    if any(
                        probe.texts or probe.minimum
                        for probe in catalogue.maps[key].probes
                    )
                }
                if any(catalogue.maps[key].hints for key in expected):
                    assert found.certainty is Certainty.LIKELY, (name, found)
                    assert expected & set(found.candidates), (name, found)
                elif probes:
                    assert probes & set(found.candidates), (name, found)
                else:
                    assert found.certainty is Certainty.UNKNOWN, (name, found)
            # The bus itself was not disturbed.
            report = await site.cycle(name)
            statuses = {device.status for device in report.devices.values()}
            assert statuses == {DeviceStatus.ON}

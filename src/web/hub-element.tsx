// The element that scrapers of the hub's daily pages look for: nothing to see, the papers of the page as JSON.
import type { Edition, EmptyEdition } from "../editions/edition.ts";
import { formatHubProps } from "../http/hub-props.ts";
import type { Site } from "./site.ts";

/** They find it by its class or as a child of main, and by these two attributes in this order. */
export function HubElement({ site, edition }: { site: Site; edition: Edition | EmptyEdition }) {
  const props = JSON.stringify(formatHubProps(edition, site.baseUrl()));
  return <div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props={props} hidden />;
}

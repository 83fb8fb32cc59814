// The two addresses that the hub gives of a paper, which its programs check: a repository on GitHub, and a page of the project.
import { parseArxiv } from "../papers/identifiers.ts";
import type { Paper } from "../papers/paper.ts";

const longestAddress = 2_000;

export interface HubLinks {
  githubRepo?: string;
  projectPage?: string;
}

/**
 * Code that lies elsewhere than on GitHub counts as the project's page; so does, for a paper that arXiv does not have, its
 * page where it was published, because its id leads nowhere there.
 */
export function findHubLinks(
  { id, links }: Pick<Paper, "id" | "links">,
  repository: string | null,
): HubLinks {
  const of = (...kinds: string[]) => links.filter(({ kind }) => kinds.includes(kind)).map(({ url }) => url);
  const code = addressesOf([...(repository === null ? [] : [repository]), ...of("code")]);
  const githubRepo = code.find(isOnGitHub);
  const published = parseArxiv(id) === null ? of("abstract", "site", "pdf") : [];
  const elsewhere = code.filter((url) => !isOnGitHub(url));
  const projectPage = [...addressesOf(of("project")), ...elsewhere, ...addressesOf(published)][0];
  return { ...(githubRepo ? { githubRepo } : {}), ...(projectPage ? { projectPage } : {}) };
}

function isOnGitHub(url: string): boolean {
  const { hostname, pathname } = new URL(url);
  return /^(?:www\.)?github\.com$/.test(hostname) && /^\/[^/]+\/[^/]+/.test(pathname);
}

/** Those that a program may open: http or https, no credentials; written as the URL standard writes them. */
function addressesOf(urls: readonly string[]): string[] {
  return urls.flatMap((url) => {
    if (url.length > longestAddress || !URL.canParse(url)) return [];
    const { protocol, username, password, hostname, href } = new URL(url);
    return /^https?:$/.test(protocol) && !username && !password && hostname ? [href] : [];
  });
}

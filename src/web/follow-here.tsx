// The button that follows what a page is of: a search, an author, a category. Only for who keeps something here.
import { useContext } from "hono/jsx";
import { isFollowed } from "../library/follow-key.ts";
import type { FollowKind } from "../library/library.ts";
import { KeeperContext } from "./keeper-context.ts";
import { FollowButton } from "./taste-start.tsx";

export function FollowHere({ kind, values }: { kind: FollowKind; values: readonly string[] }) {
  const view = useContext(KeeperContext);
  if (!view) return null;
  return (
    <div class="actions follow-here">
      {values.map((value) => (
        <FollowButton
          kind={kind}
          value={value}
          on={isFollowed(view.follows, { kind, value })}
          back={view.path}
          shown={kind === "search" ? "this search" : value}
        />
      ))}
    </div>
  );
}

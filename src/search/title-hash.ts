// The hash by which a title typed as it stands finds its paper.

/** FNV-1a over the stems in order, 32 bits unsigned. Equal titles have equal hashes; the converse must be checked. */
export function hashStems(stems: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const stem of stems) {
    for (let i = 0; i < stem.length; i++) hash = Math.imul(hash ^ stem.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x20, 0x01000193);
  }
  return hash >>> 0;
}

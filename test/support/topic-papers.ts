// Invented papers about a few topics, each with words of its own, for whatever has to learn or find likeness.
import { openRandom } from "../../src/lib/random.ts";

export interface TopicPaper {
  topic: string;
  title: string;
  abstract: string;
  authors: string[];
}

const topics: Record<string, string> = {
  bridges: "bridge girder span cable deck pier truss arch load steel",
  tides: "tide harbour moon current estuary gauge surge buoy ebb shore",
  bread: "dough yeast flour oven crust crumb ferment loaf knead bake",
  violins: "violin bow string varnish maple bridge tone luthier spruce scroll",
  maps: "map projection contour survey scale atlas meridian legend relief grid",
};
const frame = ["study", "new", "approach", "measured", "compare", "result", "method", "large"];

export const topicNames = Object.keys(topics);

/** `count` papers, the same for the same seed; topics in turn, each topic with its own five authors. */
export function inventTopicPapers(count: number, seed = 1): TopicPaper[] {
  return Array.from({ length: count }, (_, i) => {
    const random = openRandom(seed, i);
    const topic = topicNames[i % topicNames.length]!;
    const own = topics[topic]!.split(" ");
    const pick = (words: readonly string[]) => words[random.below(words.length)]!;
    const sentence = (length: number) =>
      Array.from({ length }, () => pick(random.unit() < 0.6 ? own : frame)).join(" ");
    const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
    return {
      topic,
      title: capital(`${pick(own)} ${sentence(4)}`),
      abstract: Array.from({ length: 4 }, () => `${capital(`${pick(own)} ${sentence(8)}`)}.`).join(" "),
      authors: [`${topic} author ${random.below(5)}`, `writer ${i}`],
    };
  });
}

/** The topic that a word is one of; undefined for words of no topic, or of two. */
export function topicOf(word: string): string | undefined {
  const found = topicNames.filter((topic) => topics[topic]!.split(" ").includes(word));
  return found.length === 1 ? found[0] : undefined;
}

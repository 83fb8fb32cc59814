// What pages and commands are told of search by meaning.

/** How search by meaning stands. */
export interface MeaningStatus {
  /** Of the model that serves; null while nothing is searched by meaning. */
  modelId: string | null;
  /** The instance trained it itself. */
  own: boolean;
  /** Papers the model learnt from. */
  trainedOn: number;
  /** Papers that have been given their vectors. */
  papers: number;
  /** Up to where the vectors follow. */
  changeNumber: number;
  /** True while vectors of another model are being made; the old ones serve until then. */
  changing: boolean;
  /** Why files could not be used, the last time. */
  damage: string | null;
  /** Vectors of an outside service; absent where none is set up. */
  outside?: { model: string; papers: number; changeNumber: number; damage: string | null };
}

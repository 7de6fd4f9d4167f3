/**
 * Every number that decides a cut. Shares are of 1; lengths are shares of the figure's long side unless they say otherwise,
 * since figures come in all sizes. Sources: the study of 19,000 layouts and 300 figures in docs/quality/panels.md.
 */
export interface SplitterConstants {
  /** Long side of the raster that is analysed, in pixels; larger figures are shrunk, boxes mapped back. */
  readonly analysisSide: number;
  /** Share of pixels of a gutter's line that may be of another colour. */
  readonly strayShare: number;
  /** Variance of luminance below which a line is uniform. */
  readonly uniformVariance: number;
  /** Luminance by which neighbouring lines of one run may differ. */
  readonly levelStep: number;
  /** Steps between the black of a gutter and that of a scan's ground, and the noise that either may have, in luminance. */
  readonly darkStep: number;
  readonly darkNoise: number;
  /** Depth of the band beside a run that is looked at. */
  readonly bandDepth: number;
  /** A side is a straight picture border when this share of it has content at once, and this share of the band is content. */
  readonly straightShare: number;
  readonly straightFill: number;
  /** Log-odds taken from a gap that a line crosses, where the gap is at least so wide. */
  readonly bridge: number;
  readonly bridgeWidth: number;
  /**
   * Log-odds taken from a gap that is not white and beside which no picture begins, where nobody says how many panels there
   * are: it may be a flat part of a picture.
   */
  readonly flat: number;
  /** Smallest side and area of a part, dense and sparse ones. */
  readonly partSide: number;
  readonly partSideSparse: number;
  readonly partArea: number;
  readonly partAreaSparse: number;
  /** Share of content below which a part is sparse (a chart, a drawing, text). */
  readonly sparseFill: number;
  /** Cuts from this score on are made when nobody says how many panels there are. */
  readonly threshold: number;
  /** The same where both parts of a cut are sparse. */
  readonly thresholdSparse: number;
  /** Share of the gain below a cut that counts for it, and the most that it may add, in log-odds. */
  readonly lookAhead: number;
  readonly lookAheadMost: number;
  /** Cuts below cannot be made unless somebody says how many panels there are. */
  readonly hopeless: number;
  /** Cuts below are not even kept. */
  readonly floor: number;
  /** Luminance of a step that counts as an edge between abutting panels. */
  readonly step: number;
  /** Weights of the logistic model of an edge, fitted on 22,000 lines of 159 figures (cross-validated by figure). */
  readonly edge: {
    readonly bias: number;
    readonly share: number;
    readonly contrast: number;
    readonly strength: number;
    readonly active: number;
    readonly black: number;
    readonly continuity: number;
    readonly paper: number;
  };
  /** Score of a cut that only the regularity of its row suggests. */
  readonly gridGuess: number;
  /** Log-odds added to a cut in the middle; to one of several that make equal parts (base, most); where a neighbour is cut. */
  readonly centre: number;
  readonly equalBase: number;
  readonly equalMost: number;
  readonly hint: number;
  /** Log-odds added where both parts have letters, and taken where one has none or a letter is cut. */
  readonly letterEach: number;
  readonly letterMissing: number;
  /** Log-odds added where a letter stands close behind the cut, as it should, or taken. */
  readonly letterPlace: number;
  /** The same where some letters could not be read. */
  readonly letterGap: number;
  /** Log-odds added to a cut where the letters' places suggest one; and the score of a cut that only they suggest. */
  readonly letterLine: number;
  readonly letterGuess: number;
  /** Mean fit from which letters are believed. */
  readonly letterFit: number;
  /** Log-odds taken from a gutter of another colour than the figure's first, and from an edge in a figure with gutters. */
  readonly alienGutter: number;
  readonly alienEdge: number;
  /** Correlation of the two sides from which they are one picture. */
  readonly continuity: number;
}

export const CONSTANTS: SplitterConstants = {
  analysisSide: 1000,
  strayShare: 0.006,
  uniformVariance: 25,
  levelStep: 8,
  darkStep: 1.5,
  darkNoise: 2.5,
  bandDepth: 0.06,
  straightShare: 0.6,
  straightFill: 0.4,
  bridge: 4.5,
  bridgeWidth: 0.008,
  flat: 0.85,
  partSide: 0.075,
  partSideSparse: 0.12,
  partArea: 0.01,
  partAreaSparse: 0.022,
  sparseFill: 0.35,
  threshold: 0.5,
  thresholdSparse: 0.56,
  lookAhead: 0.25,
  lookAheadMost: 0.8,
  hopeless: 0.15,
  floor: 0.03,
  step: 14,
  edge: { bias: -11.6, share: 4.3, contrast: 6.1, strength: 2.8, active: 3.3, black: 2, continuity: -5.8, paper: -6.3 },
  gridGuess: 0.15,
  centre: 0.5,
  equalBase: 2,
  equalMost: 2.5,
  hint: 4,
  letterEach: 2,
  letterMissing: 2.5,
  letterPlace: 1,
  letterGap: 0.7,
  letterLine: 1.5,
  letterGuess: 0.1,
  letterFit: 0.8,
  alienGutter: 1.2,
  alienEdge: 1,
  continuity: 0.6,
};

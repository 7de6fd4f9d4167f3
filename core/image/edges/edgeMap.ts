/** How edges are looked for, in OpenCV's terms. */
export interface EdgeMapOptions {
  /** Side of the Gaussian blur before, odd; its sigma follows from it. */
  readonly blur: number;
  readonly low: number;
  readonly high: number;
}

/** Makes edge maps: the one thing of a vision library that is needed, so that one build can take another's place. */
export interface EdgeMapper {
  /** 255 where there is an edge, else 0; as large as the grey picture that was given. */
  edgeMap(grey: Uint8Array, width: number, height: number, options: EdgeMapOptions): Promise<Uint8Array>;
  /** Ends what runs in the background. */
  close(): Promise<void>;
}

/** Very sensitive, small detail melted: what MultiCaRe cuts by. */
export const MULTICARE_EDGES: EdgeMapOptions = { blur: 13, low: 1, high: 20 };

/** A place in a file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Range {
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
}

/** Where the lines of a text begin, so that an offset becomes line and column by bisection. */
export class LineIndex {
  private readonly starts: Int32Array;

  constructor(text: string) {
    const starts = [0];
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
    this.starts = Int32Array.from(starts);
  }

  /** The line of an offset, from 1. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (this.starts[mid] <= offset) low = mid;
      else high = mid - 1;
    }
    return low + 1;
  }

  /** The column of an offset, from 1, where its line is known. */
  colAt(offset: number, line: number): number {
    return offset - this.starts[line - 1] + 1;
  }

  range(start: number, end: number): Range {
    const line = this.lineAt(start);
    const endLine = this.lineAt(end);
    return { line, col: this.colAt(start, line), endLine, endCol: this.colAt(end, endLine) };
  }
}

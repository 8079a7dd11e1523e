/** A piece of a file, in bytes. */
export interface Piece {
  readonly start: number
  readonly length: number
}

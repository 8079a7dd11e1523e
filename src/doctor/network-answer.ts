import type { Hint } from '../text/words.ts'

/** What came of asking a service whether it is there. */
export interface NetworkAnswer {
  readonly host: string
  /** What needs it. */
  readonly needed: string
  /** Why it cannot be reached; absent where it answers. */
  readonly failure?: { readonly message: string; readonly hint: Hint | undefined }
  /** What its clock says beyond ours, in milliseconds; absent where it says nothing. */
  readonly offset?: number
}

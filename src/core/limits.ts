/** How long and how much of a service is waited for. Times are milliseconds. */
export interface Limits {
  /** Until something accepts the connection. */
  readonly connect: number
  /** Until the last byte of the answer, from the first of the request or of the connection to a proxy. */
  readonly answer: number
  /** Bytes of a body. */
  readonly body: number
}

/** Those of the services of AWS; an answer of theirs has some kilobytes. */
export const serviceLimits: Limits = { connect: 5_000, answer: 20_000, body: 2 ** 20 }

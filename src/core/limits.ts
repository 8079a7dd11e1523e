/** How long and how much of a service is waited for. Times are milliseconds. */
export interface Limits {
  /** Until something accepts the connection. */
  readonly connect: number
  /** Until the last byte of the answer, from the first of the request, or of that for a tunnel through a proxy. */
  readonly answer: number
  /** For a request with all its retries and what lies between them. */
  readonly together: number
  /** Until the user is told what is waited for. */
  readonly notice: number
  /** Bytes of a body. */
  readonly body: number
}

/** Those of the services of AWS, whose answers take a second and have some kilobytes. */
export const serviceLimits: Limits = {
  connect: 5_000,
  answer: 20_000,
  together: 60_000,
  notice: 2_000,
  body: 2 ** 20,
}

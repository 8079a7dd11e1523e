import type { Limits } from '../context.ts'

/** Those of the services of AWS, whose answers take a second and have some kilobytes. */
export const serviceLimits: Limits = {
  connect: 5_000,
  answer: 20_000,
  together: 60_000,
  notice: 2_000,
  body: 2 ** 20,
}

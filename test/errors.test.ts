import { expect, it } from 'vitest'
import { AssumeError, type ErrorCode } from '../src/errors.ts'

it.each<[ErrorCode, string | undefined]>([
  ['login-failed', 'assume doctor --online'],
  ['login-needed', 'assume doctor'],
  ['confirmation-needed', 'assume doctor'],
  ['mfa-needed', 'assume doctor'],
  ['network', undefined],
])('an error of %s advises %s where nobody has anything better to say', (code, advice) => {
  expect(new AssumeError(code, 'x').hint).toBe(advice)
  expect(new AssumeError(code, 'x', { hint: 'better' }).hint).toBe('better')
})

import { Refusal } from '../refusal.ts'

/**
 * Whether a request carries a right MFA code; a wrong one is refused. Unlike AWS, any caller may use any device, so
 * that a chain of roles can be tried with MFA at its end.
 */
export function checkMfa(form: URLSearchParams, devices: Readonly<Record<string, string>>): boolean {
  const [serial, code] = [form.get('SerialNumber'), form.get('TokenCode')]
  if (serial === null && code === null) return false
  if (serial === null || code === null)
    throw refuseMfa(', must provide both MFA serial number and one time pass code.')
  if (devices[serial] === undefined)
    throw refuseMfa(
      ', unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    )
  if (devices[serial] !== code) throw refuseMfa(' with invalid MFA one time pass code. ')
  return true
}

function refuseMfa(reason: string): Refusal {
  return new Refusal(403, 'AccessDenied', `MultiFactorAuthentication failed${reason}`)
}

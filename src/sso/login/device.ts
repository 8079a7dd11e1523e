import { wait } from '../../aws/wait.ts'
import { AssumeError } from '../../errors.ts'
import { deviceGrant } from '../oidc-answer.ts'
import { type LogIn, waitingLine } from './way.ts'

/**
 * Logs in with a device code (RFC 8628): shows a code and an address, and asks for the token at once, as the AWS CLI does,
 * and then at the interval that the service names until the user has answered there. Throws AssumeError `login-failed`,
 * `network`, `service`; the signal's reason when aborted.
 */
export const logInWithDeviceCode: LogIn = async (service, session, register, ports) => {
  const registration = await register()
  const {
    deviceCode,
    userCode,
    verificationUri: page,
    verificationUriComplete: pageWithCode,
    expiresIn,
    interval,
  } = await service.startDeviceAuthorization(registration, session.startUrl)
  ports.say(
    `log in to ${ports.sessionName} at ${page.href}\n  with the code ${userCode}, or open\n  ${pageWithCode.href}\n  ${waitingLine}`,
  )
  await ports.openBrowser(pageWithCode)
  let pause = interval
  for (let waited = 0; ; waited += pause) {
    const answer = await service.createToken(registration, { grantType: deviceGrant, deviceCode })
    if (typeof answer !== 'string') return { registration, grant: answer }
    if (answer === 'slow_down') pause += 5
    else if (answer !== 'pending') throw explain(answer, session.region)
    if (waited + pause > expiresIn) throw explain('expired', session.region)
    await wait(pause * 1000, ports.signal)
  }
}

function explain(answer: 'expired' | 'denied' | 'rejected', region: string): AssumeError {
  if (answer === 'denied') return new AssumeError('login-failed', 'the login was denied in the browser')
  if (answer === 'expired') return new AssumeError('login-failed', 'nobody logged in before the code expired')
  return new AssumeError('login-failed', 'Identity Center did not accept the login', {
    hint: `check sso_start_url and sso_region: the region is ${region}`,
  })
}

import type { Call, Reply } from './call.ts'
import { showConsole } from './console/console-page.ts'
import { getSigninToken, logInToConsole } from './console/federation.ts'
import {
  createAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
  listAccessKeys,
  updateAccessKey,
} from './iam/access-key.ts'
import { answerAuthorize, authorize } from './oidc/authorization.ts'
import { registerClient } from './oidc/client.ts'
import { answerDevice, startDeviceAuthorization, verifyDevice } from './oidc/device.ts'
import { createToken } from './oidc/token.ts'
import type { Operation } from './operation.ts'
import { answerConsoleLink, openConsoleLink } from './portal/console-link.ts'
import { getRoleCredentials, listAccountRoles, listAccounts, logOut } from './portal/portal.ts'
import { showStartPage } from './portal/start-page.ts'
import { createOAuth2Token } from './signin/token.ts'
import type { SandboxState } from './state.ts'
import { assumeRole, assumeRoleWithWebIdentity } from './sts/assume-role.ts'
import { answerCallerIdentity, listAccountAliases } from './sts/caller-identity.ts'
import { getFederationToken, getSessionToken } from './sts/user-session.ts'

/** Carries an operation out; throws a Refusal. */
export type Handler = (state: SandboxState, call: Call) => Reply

export const handlers: Readonly<Record<Operation, Handler>> = {
  RegisterClient: registerClient,
  StartDeviceAuthorization: startDeviceAuthorization,
  CreateToken: createToken,
  Authorize: authorize,
  AnswerAuthorize: answerAuthorize,
  VerifyDevice: verifyDevice,
  AnswerDevice: answerDevice,
  StartPage: showStartPage,
  OpenConsoleLink: openConsoleLink,
  AnswerConsoleLink: answerConsoleLink,
  ListAccounts: listAccounts,
  ListAccountRoles: listAccountRoles,
  GetRoleCredentials: getRoleCredentials,
  Logout: logOut,
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
  GetFederationToken: getFederationToken,
  GetSessionToken: getSessionToken,
  GetCallerIdentity: answerCallerIdentity,
  ListAccountAliases: listAccountAliases,
  CreateAccessKey: createAccessKey,
  ListAccessKeys: listAccessKeys,
  UpdateAccessKey: updateAccessKey,
  DeleteAccessKey: deleteAccessKey,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  GetSigninToken: getSigninToken,
  ConsoleLogin: logInToConsole,
  ShowConsole: showConsole,
  CreateOAuth2Token: createOAuth2Token,
}

import { type AwsService, type Endpoint, type EndpointSettings, resolveEndpoint } from '../aws/endpoint.ts'
import type { Region } from '../aws/region.ts'
import type { Route } from '../aws/route.ts'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { readText } from '../system/files/read-text.ts'
import { expandHome, type Paths } from '../system/paths.ts'
import type { Profile } from './profile.ts'
import type { Profiles } from './profiles.ts'
import { requireRegion } from './region.ts'
import type { LoginTarget } from './session-list.ts'
import { readSessionRegion } from './written-region.ts'

/**
 * How a service of a region is reached: with the endpoints, the proxy and the certificates that the environment, and
 * the profile where there is one, name. Throws AssumeError `invalid-endpoint`, `unreadable-file`.
 */
export function findRoute(
  context: Context,
  { config, paths }: Profiles,
  profile: Profile | undefined,
  service: AwsService,
  region: Region,
): Route {
  const settings = describeEndpointSettings(context, config, profile)
  return connect(context, paths, profile, service, resolveEndpoint(service, region, settings))
}

/** What can move the endpoints of a profile's services. */
export function describeEndpointSettings(
  { ownEnv: env }: Context,
  { services }: Profiles['config'],
  profile: Profile | undefined,
): EndpointSettings {
  const properties = profile?.properties ?? new Map<string, string>()
  return { env, properties, services: services.get(properties.get('services') ?? '') }
}

/** The way to an endpoint, with the proxy and the certificates. Throws AssumeError `unreadable-file`. */
export function connect(
  context: Context,
  paths: Paths,
  profile: Profile | undefined,
  service: AwsService,
  { url: endpoint, signingRegion, source: endpointSource }: Endpoint,
): Route {
  const bundle = context.ownEnv['AWS_CA_BUNDLE'] || profile?.properties.get('ca_bundle')
  const proxy = context.findProxy(endpoint)
  const { extraCertificates, interruption, limits, notifyOnce, terminal, trace } = context
  trace(
    `${service} in ${signingRegion}: ${endpoint}${proxy ? ', through a proxy' : ''}${bundle ? `, CA bundle ${bundle}` : ''}`,
  )
  return {
    endpoint,
    endpointSource,
    signingRegion,
    proxy,
    certificates: bundle ? readCertificates(context, expandHome(bundle, paths)) : undefined,
    extraCertificates,
    interruption,
    limits,
    notifyOnce,
    terminal,
    trace,
  }
}

/** How a service of a session's Identity Center is reached. Throws likewise, and AssumeError `invalid-region`. */
export function findSessionRoute(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  service: 'sso' | 'sso_oidc',
): Route {
  const region = requireRegion(profiles, readSessionRegion(profiles.config, target))
  return findRoute(context, profiles, target.profile, service, region)
}

function readCertificates(context: Context, path: string): string {
  const text = readText(context.files, path)
  if (text !== undefined) return text
  throw new AssumeError('unreadable-file', `there is no CA bundle ${path}`, {
    hint: 'AWS_CA_BUNDLE, or ca_bundle of the profile, names it',
  })
}

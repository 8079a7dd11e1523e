import { describe, expect, it } from 'vitest'
import { readMetadataSettings } from '../../../src/credentials/from/metadata-settings.ts'

function read(env: Record<string, string>, properties: Record<string, string> = {}) {
  return readMetadataSettings(env, new Map(Object.entries(properties)))
}

describe('the settings of the instance metadata', () => {
  it('are those of the AWS CLI where nothing is said', () => {
    const usual = {
      endpoint: 'http://169.254.169.254',
      isDisabled: false,
      allowsVersion1: true,
      timeout: 1000,
      attempts: 1,
    }
    expect(read({})).toEqual(usual)
    expect(read({ AWS_EC2_METADATA_DISABLED: 'no', AWS_METADATA_SERVICE_TIMEOUT: 'x' })).toEqual(usual)
  })

  it('come from the environment, then from the profile', () => {
    const properties = {
      ec2_metadata_service_endpoint: 'http://profile/',
      ec2_metadata_v1_disabled: 'true',
      metadata_service_timeout: '3',
      metadata_service_num_attempts: '4',
    }
    const ofProfile = { endpoint: 'http://profile', allowsVersion1: false, timeout: 3000, attempts: 4 }
    expect(read({}, properties)).toMatchObject(ofProfile)
    const env = {
      AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://env:1338',
      AWS_EC2_METADATA_V1_DISABLED: 'FALSE',
      AWS_METADATA_SERVICE_TIMEOUT: '5',
      AWS_METADATA_SERVICE_NUM_ATTEMPTS: '6',
    }
    const ofEnvironment = { endpoint: 'http://env:1338', allowsVersion1: true, timeout: 5000, attempts: 6 }
    expect(read(env, properties)).toMatchObject(ofEnvironment)
  })

  it('may say IPv6, which an endpoint overrules', () => {
    const mode = { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv6' }
    expect(read(mode).endpoint).toBe('http://[fd00:ec2::254]')
    expect(read(mode, { ec2_metadata_service_endpoint: 'http://there' }).endpoint).toBe('http://there')
  })

  it('may switch it off, in the environment only', () => {
    expect(read({ AWS_EC2_METADATA_DISABLED: 'True' }).isDisabled).toBe(true)
    expect(read({}, { ec2_metadata_disabled: 'true' }).isDisabled).toBe(false)
  })

  it.each(['169.254.169.254', 'file:///x', 'http://'])('have no endpoint %s', (endpoint) => {
    expect(() => read({ AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint })).toThrow(
      expect.objectContaining({ code: 'invalid-endpoint', message: expect.stringContaining(endpoint) }),
    )
  })
})

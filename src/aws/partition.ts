/** A part of AWS with accounts, regions and hosts of its own. */
export interface Partition {
  /** As ARNs have it. */
  readonly id: string
  /** What the names of its regions are like, those of regions to come, too. */
  readonly pattern: RegExp
  /** The areas that its regions lie in: how people abbreviate each, the regions by what follows the area in their names. */
  readonly areas: readonly Area[]
  /** The pseudo region that stands for all of it; absent where there is none. */
  readonly global?: string
  /** The region of what it has only one of, and of STS where nothing names one. */
  readonly home: string
  readonly suffix: string
  readonly dualStackSuffix: string
  readonly signinSuffix: string
  /** What stands before the suffixes in the host of the one IAM that it has. Absent: as in any region. */
  readonly iam?: { readonly zone: string; readonly dualStackZone: string }
}

/** One part of the names of regions, with the rest of each. */
interface Area {
  readonly name: string
  /** What stands for it in a shorthand. */
  readonly short: readonly string[]
  readonly places: readonly string[]
}

const commercial: Partition = {
  id: 'aws',
  pattern: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
  areas: [
    { name: 'af', short: ['af'], places: ['south-1'] },
    {
      name: 'ap',
      short: ['ap', 'a'],
      places: [
        'east-1',
        'east-2',
        'northeast-1',
        'northeast-2',
        'northeast-3',
        'south-1',
        'south-2',
        'southeast-1',
        'southeast-2',
        'southeast-3',
        'southeast-4',
        'southeast-5',
        'southeast-6',
        'southeast-7',
      ],
    },
    { name: 'ca', short: ['ca', 'c'], places: ['central-1', 'west-1'] },
    {
      name: 'eu',
      short: ['eu', 'e'],
      places: ['central-1', 'central-2', 'north-1', 'south-1', 'south-2', 'west-1', 'west-2', 'west-3'],
    },
    { name: 'il', short: ['il'], places: ['central-1'] },
    { name: 'me', short: ['me', 'm'], places: ['central-1', 'south-1'] },
    { name: 'mx', short: ['mx'], places: ['central-1'] },
    { name: 'sa', short: ['sa', 's'], places: ['east-1'] },
    { name: 'us', short: ['us', 'u'], places: ['east-1', 'east-2', 'west-1', 'west-2'] },
  ],
  global: 'aws-global',
  home: 'us-east-1',
  suffix: 'amazonaws.com',
  dualStackSuffix: 'api.aws',
  signinSuffix: 'aws.amazon.com',
  iam: { zone: '', dualStackZone: 'global.' },
}

/**
 * Source: partitions.json of the AWS SDKs, their list of regions (endpoints.json of botocore), and the endpoint rules of IAM
 * and of Sign-In, whose hosts are in domains of their own. The shorthands are Granted's, and their like for newer areas.
 */
export const partitions: readonly Partition[] = [
  commercial,
  {
    id: 'aws-cn',
    pattern: /^cn-\w+-\d+$/,
    areas: [{ name: 'cn', short: ['cn'], places: ['north-1', 'northwest-1'] }],
    global: 'aws-cn-global',
    home: 'cn-north-1',
    suffix: 'amazonaws.com.cn',
    dualStackSuffix: 'api.amazonwebservices.com.cn',
    signinSuffix: 'amazonaws.cn',
    iam: { zone: 'cn-north-1.', dualStackZone: 'global.' },
  },
  {
    id: 'aws-us-gov',
    pattern: /^us-gov-\w+-\d+$/,
    areas: [{ name: 'us-gov', short: ['usgov', 'usg', 'ug'], places: ['east-1', 'west-1'] }],
    global: 'aws-us-gov-global',
    home: 'us-gov-west-1',
    suffix: 'amazonaws.com',
    dualStackSuffix: 'api.aws',
    signinSuffix: 'amazonaws-us-gov.com',
    iam: { zone: 'us-gov.', dualStackZone: 'us-gov.' },
  },
  {
    id: 'aws-eusc',
    pattern: /^eusc-de-\w+-\d+$/,
    areas: [{ name: 'eusc-de', short: ['eusc'], places: ['east-1'] }],
    home: 'eusc-de-east-1',
    suffix: 'amazonaws.eu',
    dualStackSuffix: 'api.amazonwebservices.eu',
    signinSuffix: 'amazonaws-eusc.eu',
    iam: { zone: 'eusc-de-east-1.', dualStackZone: 'global.' },
  },
  {
    id: 'aws-iso',
    pattern: /^us-iso-\w+-\d+$/,
    areas: [{ name: 'us-iso', short: ['usiso'], places: ['east-1', 'west-1'] }],
    global: 'aws-iso-global',
    home: 'us-iso-east-1',
    suffix: 'c2s.ic.gov',
    dualStackSuffix: 'api.aws.ic.gov',
    signinSuffix: 'c2shome.ic.gov',
  },
  {
    id: 'aws-iso-b',
    pattern: /^us-isob-\w+-\d+$/,
    areas: [{ name: 'us-isob', short: ['usisob'], places: ['east-1', 'west-1'] }],
    global: 'aws-iso-b-global',
    home: 'us-isob-east-1',
    suffix: 'sc2s.sgov.gov',
    dualStackSuffix: 'api.aws.scloud',
    signinSuffix: 'sc2shome.sgov.gov',
  },
  {
    id: 'aws-iso-e',
    pattern: /^eu-isoe-\w+-\d+$/,
    areas: [{ name: 'eu-isoe', short: ['euisoe'], places: ['west-1'] }],
    global: 'aws-iso-e-global',
    home: 'eu-isoe-west-1',
    suffix: 'cloud.adc-e.uk',
    dualStackSuffix: 'api.cloud-aws.adc-e.uk',
    signinSuffix: 'csphome.adc-e.uk',
  },
  {
    id: 'aws-iso-f',
    pattern: /^us-isof-\w+-\d+$/,
    areas: [{ name: 'us-isof', short: ['usisof'], places: ['east-1', 'south-1'] }],
    global: 'aws-iso-f-global',
    home: 'us-isof-south-1',
    suffix: 'csp.hci.ic.gov',
    dualStackSuffix: 'api.aws.hci.ic.gov',
    signinSuffix: 'csphome.hci.ic.gov',
  },
]

/** The partition that a region, new and pseudo ones included, is of by its name; undefined for any other name. */
export function findPartition(region: string): Partition | undefined {
  return partitions.find(({ pattern, global }) => region === global || pattern.test(region))
}

/** The partition whose rules hold for a region: the commercial one for names that belong to none, as in the SDKs. */
export function choosePartition(region: string): Partition {
  return findPartition(region) ?? commercial
}

/** The partition that an ARN is of; the commercial one where it names none. */
export function partitionOfArn(arn: string): Partition {
  return partitions.find(({ id }) => id === arn.split(':')[1]) ?? commercial
}

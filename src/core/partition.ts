/** A part of AWS with accounts, regions and hosts of its own. */
export interface Partition {
  /** As ARNs have it. */
  readonly id: string
  /** The names of its regions, those that are new, too. */
  readonly regions: RegExp
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

const commercial: Partition = {
  id: 'aws',
  regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
  global: 'aws-global',
  home: 'us-east-1',
  suffix: 'amazonaws.com',
  dualStackSuffix: 'api.aws',
  signinSuffix: 'aws.amazon.com',
  iam: { zone: '', dualStackZone: 'global.' },
}

/** Source: partitions.json of the AWS SDKs, and the endpoint rules of IAM and of Sign-In, whose hosts are in domains of their own. */
const partitions: readonly Partition[] = [
  commercial,
  {
    id: 'aws-cn',
    regions: /^cn-\w+-\d+$/,
    global: 'aws-cn-global',
    home: 'cn-north-1',
    suffix: 'amazonaws.com.cn',
    dualStackSuffix: 'api.amazonwebservices.com.cn',
    signinSuffix: 'amazonaws.cn',
    iam: { zone: 'cn-north-1.', dualStackZone: 'global.' },
  },
  {
    id: 'aws-us-gov',
    regions: /^us-gov-\w+-\d+$/,
    global: 'aws-us-gov-global',
    home: 'us-gov-west-1',
    suffix: 'amazonaws.com',
    dualStackSuffix: 'api.aws',
    signinSuffix: 'amazonaws-us-gov.com',
    iam: { zone: 'us-gov.', dualStackZone: 'us-gov.' },
  },
  {
    id: 'aws-eusc',
    regions: /^eusc-de-\w+-\d+$/,
    home: 'eusc-de-east-1',
    suffix: 'amazonaws.eu',
    dualStackSuffix: 'api.amazonwebservices.eu',
    signinSuffix: 'amazonaws-eusc.eu',
    iam: { zone: 'eusc-de-east-1.', dualStackZone: 'global.' },
  },
  {
    id: 'aws-iso',
    regions: /^us-iso-\w+-\d+$/,
    global: 'aws-iso-global',
    home: 'us-iso-east-1',
    suffix: 'c2s.ic.gov',
    dualStackSuffix: 'api.aws.ic.gov',
    signinSuffix: 'c2shome.ic.gov',
  },
  {
    id: 'aws-iso-b',
    regions: /^us-isob-\w+-\d+$/,
    global: 'aws-iso-b-global',
    home: 'us-isob-east-1',
    suffix: 'sc2s.sgov.gov',
    dualStackSuffix: 'api.aws.scloud',
    signinSuffix: 'sc2shome.sgov.gov',
  },
  {
    id: 'aws-iso-e',
    regions: /^eu-isoe-\w+-\d+$/,
    global: 'aws-iso-e-global',
    home: 'eu-isoe-west-1',
    suffix: 'cloud.adc-e.uk',
    dualStackSuffix: 'api.cloud-aws.adc-e.uk',
    signinSuffix: 'csphome.adc-e.uk',
  },
  {
    id: 'aws-iso-f',
    regions: /^us-isof-\w+-\d+$/,
    global: 'aws-iso-f-global',
    home: 'us-isof-south-1',
    suffix: 'csp.hci.ic.gov',
    dualStackSuffix: 'api.aws.hci.ic.gov',
    signinSuffix: 'csphome.hci.ic.gov',
  },
]

/** The partition that a region, new and pseudo ones included, is of by its name; undefined for any other name. */
export function findPartition(region: string): Partition | undefined {
  return partitions.find(({ regions, global }) => region === global || regions.test(region))
}

/** The partition whose rules hold for a region: the commercial one for names that belong to none, as in the SDKs. */
export function choosePartition(region: string): Partition {
  return findPartition(region) ?? commercial
}

/** The partition that an ARN is of; the commercial one where it names none. */
export function partitionOfArn(arn: string): Partition {
  return partitions.find(({ id }) => id === arn.split(':')[1]) ?? commercial
}

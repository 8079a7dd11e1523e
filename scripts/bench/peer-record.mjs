const exportedKeys = 'assume --export NAME, static keys'
const staticProcess = 'assume credential-process NAME, static keys'
const exec = 'assume exec --export NAME -- true, static keys'
const list = 'assume list'

/** Bars without a number of their own: what was measured is the least that the tool takes for it. */
const floor = true

/**
 * What the other tools took on another day, in one run with assume, on 2 vCPUs with Linux and Node 20.20.2: medians, as ratios
 * to one `/bin/true` from the same shell, with 1,000 profiles and static keys, so that none needed the network. It stands in for
 * what a run with `--peers` has not measured.
 */
export const peerRecord = {
  date: '2026-11-29',
  versions: {
    granted: '4a52c35',
    'aws-vault': 'ByteNess baf800b',
    'aws-sso': '2641795',
    awsume: '4.5.4',
    aws: '2.9.19',
  },
  figures: [
    { job: exportedKeys, tool: 'granted', true: 26 },
    { job: exportedKeys, tool: 'aws-vault', true: 13 },
    { job: exportedKeys, tool: 'aws-sso', true: 10, floor },
    { job: exportedKeys, tool: 'awsume', true: 283 },
    { job: exportedKeys, tool: 'aws', true: 441 },
    { job: staticProcess, tool: 'granted', true: 7 },
    { job: staticProcess, tool: 'aws-vault', true: 12 },
    { job: staticProcess, tool: 'aws', true: 390 },
    { job: exec, tool: 'granted', true: 21 },
    { job: exec, tool: 'aws-vault', true: 13 },
    { job: list, tool: 'aws-vault', true: 29 },
    { job: list, tool: 'awsume', true: 209 },
    { job: list, tool: 'aws', true: 380 },
  ],
}

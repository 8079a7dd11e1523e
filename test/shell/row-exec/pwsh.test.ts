import { hostedPwsh } from '../../support/shells/pwsh.ts'
import { describeRowExec } from './scenarios.ts'

describeRowExec(hostedPwsh)

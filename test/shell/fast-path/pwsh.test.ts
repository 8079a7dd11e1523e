import { hostedPwsh } from '../../support/shells/pwsh.ts'
import { describeFastPath } from './scenarios.ts'

describeFastPath(hostedPwsh)

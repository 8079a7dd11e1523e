import { bash } from '../../support/shells/bash.ts'
import { describeFastPath } from './scenarios.ts'

describeFastPath(bash)

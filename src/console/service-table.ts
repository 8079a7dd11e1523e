/**
 * The pages of the console by service, a line each: the name, as the AWS CLI calls the service where it has one, the page below
 * the console's host, or a whole URL where it is on a host of its own, and other names, with commas between them.
 * Source: what Granted, awsume, the console's link collections and AWS's own documentation agree on, as of November 2026.
 */
export const serviceTable = `\
access-analyzer access-analyzer/home accessanalyzer,iam-access-analyzer
account billing/home#/account accounts,myaccount
acm acm/home certificate-manager,certs,certificates
acm-pca acm-pca/home pca,private-ca,pca-connector-ad,pca-connector-scep
alarms cloudwatch/home#alarmsV2: cwa
amis ec2/home#Images: ami,images
amp prometheus/home aps,prometheus
amplify amplify/home amplifybackend,amplifyuibuilder
apigateway apigateway/main/apis apigw,api,apigatewayv2,gateway,apigatewaymanagementapi
appconfig systems-manager/appconfig appconfigdata
appfabric appfabric/home
appflow appflow/home
appmesh appmesh/home
apprunner apprunner/home app-runner
appstream appstream2/home appstream2,workspaces-applications
appsync appsync/home
arc route53recovery/home route53-recovery-control-config,zonal-shift,route53-recovery-cluster,route53-recovery-readiness,arc-zonal-shift,arc-region-switch
artifact artifact/home
athena athena/home
auditmanager auditmanager/home audit-manager
autoscaling ec2/home#AutoScalingGroups: asg
autoscaling-plans awsautoscaling/home awsautoscaling
b2bi b2bi/home
backup backup/home backup-gateway,backupsearch
batch batch/home
bedrock bedrock/home br,bedrock-runtime,bedrock-agent,bedrock-agent-runtime,bedrock-data-automation
bedrock-agentcore bedrock-agentcore/home agentcore,bedrock-agentcore-control
billing billing/home bills,bill,invoicing,taxsettings,freetier
billingconductor billingconductor/home
braket braket/home quantum
budgets billing/home#/budgets
ce cost-management/home cost-explorer,costs,cost-management,cur,bcm-data-exports,bcm-dashboards,bcm-pricing-calculator,bcm-recommended-actions,cost-optimization-hub
chatbot chatbot/home q-chat-apps
cleanrooms cleanrooms/home cleanroomsml
cloud9 cloud9/home c9
cloudformation cloudformation/home cfn
cloudfront cloudfront/v4/home cf,cfnt,cdn,cloudfront-keyvaluestore
cloudhsm cloudhsm/home cloudhsmv2,hsm
cloudmap cloudmap/home servicediscovery
cloudsearch cloudsearch/home cloudsearchdomain
cloudshell cloudshell/home shell
cloudtrail cloudtrail/home ct,trail,trails,cloudtrail-data
cloudwatch cloudwatch/home cw,application-signals,application-insights,rum,internetmonitor,networkmonitor,networkflowmonitor,oam,observabilityadmin
codeartifact codesuite/codeartifact/domains
codebuild codesuite/codebuild/projects cb
codecommit codesuite/codecommit/repositories cc
codeconnections codesuite/settings/connections codestar-connections
codedeploy codesuite/codedeploy/applications cd
codeguru codeguru/home codeguru-reviewer,codeguruprofiler,codeguru-security
codepipeline codesuite/codepipeline/pipelines cp,pipeline
codesuite codesuite/home code,developer-tools,codestar-notifications
cognito cognito/v2/idp/user-pools cognito-idp,userpools
cognito-identity cognito/v2/identity/identity-pools identitypools
comprehend comprehend/home comprehendmedical
compute-optimizer compute-optimizer/home
config config/home configservice
connect connect/v2/app/instances connectparticipant,connectcampaigns,connectcampaignsv2,connectcases,connect-contact-lens,customer-profiles,appintegrations,qconnect,voice-id,wisdom
controltower controltower/home control-tower,controlcatalog
dashboards cloudwatch/home#dashboards: cwd
databrew databrew/home
dataexchange dataexchange/home
datapipeline datapipeline/home
datasync datasync/home
datazone datazone/home
dax dynamodbv2/home#dax-clusters
deadline deadlinecloud/home deadline-cloud
detective detective/home
devicefarm devicefarm/home
devops-guru devops-guru/home
directconnect directconnect/v2/home dx
discovery discovery/home ads,application-discovery
dlm ec2/home#Lifecycle: lifecycle-manager
dms dms/v2/home
docdb docdb/home documentdb,docdb-elastic
drs drs/home elastic-disaster-recovery
ds directoryservicev2/home directory,directoryservice,ds-data
dsql dsql/home aurora-dsql
dynamodb dynamodbv2/home ddb,dynamo,dynamodbstreams
ebs ec2/home#Volumes: volumes
ec2 ec2/home instances,ec2-instance-connect
ec2globalview ec2globalview/home global-view
ecr ecr/private-registry/repositories
ecr-public ecr/public-registry/repositories
ecs ecs/v2/clusters fargate
efs efs/home
eks eks/home k8s,eks-auth
elasticache elasticache/home ec,redis,valkey
elasticbeanstalk elasticbeanstalk/home eb,beanstalk
elb ec2/home#LoadBalancers: elbv2,alb,nlb,load-balancers
emr emr/home elasticmapreduce,emr-containers
emr-serverless emr/home#/serverless
entityresolution entityresolution/home entity-resolution
events events/home eventbridge,event
evs evs/home
finspace finspace/home finspace-data
firehose firehose/home
fis fis/home fault-injection
fleet-manager systems-manager/fleet-manager
fms wafv2/fmsv2/home firewall-manager
forecast forecast/home forecastquery
frauddetector frauddetector/home
fsx fsx/home
gamelift gamelift/home gameliftstreams
glacier glacier/home
globalaccelerator globalaccelerator/home ga
glue glue/home
gluestudio gluestudio/home glue-studio
grafana grafana/home amg
greengrass iot/home#/greengrass greengrassv2
groundstation groundstation/home
guardduty guardduty/home gd
health https://health.aws.amazon.com/health/home phd,personal-health-dashboard
healthlake healthlake/home
home console/home console,dashboard
iam iam/home users,roles,policies,sts
imagebuilder imagebuilder/home
inspector inspector/v2/home inspector2,inspector-scan
iot iot/home iot-core,iot-data,iot-jobs-data,iotsecuretunneling,iotwireless,iotdeviceadvisor
iotfleetwise iotfleetwise/home
iotsitewise iotsitewise/home sitewise
iottwinmaker iottwinmaker/home
ivs ivs/home ivs-realtime,ivschat
kafka msk/home msk,kafkaconnect
kendra kendra/home kendra-ranking
keypairs ec2/home#KeyPairs: key-pairs
keyspaces keyspaces/home cassandra,mcs,keyspacesstreams
kinesis kinesis/home
kinesisanalyticsv2 flink/home flink,managed-flink,kinesisanalytics
kinesisvideo kinesisvideo/home kinesis-video-media,kinesis-video-archived-media,kinesis-video-signaling
kms kms/home keys
lakeformation lakeformation/home lake-formation
lambda lambda/home l,fn,functions
launch-templates ec2/home#LaunchTemplates: lt
launch-wizard launchwizard/home launchwizard
lex lexv2/home lexv2-models,lex-models,lexv2-runtime,lex-runtime,lexv2
license-manager license-manager/home license-manager-linux-subscriptions,license-manager-user-subscriptions
lightsail https://lightsail.aws.amazon.com/ls/webapp/home ls
location location/home location-service,geo-maps,geo-places,geo-routes
logs cloudwatch/home#logsV2:log-groups cwl,log-groups
logs-insights cloudwatch/home#logsV2:logs-insights insights
m2 m2/home mainframe
macie macie/home macie2
managedblockchain managedblockchain/home managedblockchain-query
marketplace marketplace/home subscriptions,marketplace-catalog,marketplace-entitlement,marketplace-agreement,meteringmarketplace
mediaconnect mediaconnect/home
mediaconvert mediaconvert/home
medialive medialive/home
mediapackage mediapackage/home mediapackagev2,mediapackage-vod
mediatailor mediatailor/home
medical-imaging medical-imaging/home healthimaging
memorydb memorydb/home
metrics cloudwatch/home#metricsV2: cwm
mgh migrationhub/home migrationhub,migration-hub,migrationhub-config,migrationhubstrategy,migrationhuborchestrator,migration-hub-refactor-spaces
mgn mgn/home application-migration
mq amazon-mq/home amazonmq,activemq,rabbitmq
mwaa mwaa/home airflow,mwaa-serverless
nat-gateways vpcconsole/home#NatGateways: nat
neptune neptune/home neptune-graph,neptunedata
network-firewall vpcconsole/home#NetworkFirewalls:
networkmanager networkmanager/home cloudwan
notifications notifications/home notificationscontacts
odb odb/home oracle-database
omics omics/home healthomics
opensearch aos/home es,aos,elasticsearch,osis
opensearchserverless aos/home#opensearch/collections aoss
organizations organizations/v2/home orgs,org
outposts outposts/home outpost
parameter-store systems-manager/parameters param,params,parameters
patch-manager systems-manager/patch-manager
payment-cryptography payment-cryptography/home payment-cryptography-data
pcs pcs/home parallel-computing
personalize personalize/home personalize-runtime,personalize-events
pinpoint pinpoint/home end-user-messaging,pinpoint-email,pinpoint-sms-voice,pinpoint-sms-voice-v2
pipes events/home#/pipes
polly polly/home
q-developer amazonq/developer/home amazonq-developer
qbusiness amazonq/business/home q-business,amazonq,qapps
quicksight https://quicksight.aws.amazon.com qs,quick
ram ram/home resource-access-manager
rbin rbin/home recycle-bin
rds rds/home aurora,rds-data,pi
redshift redshiftv2/home rs,redshift-data
redshift-serverless redshiftv2/home#serverless-dashboard
rekognition rekognition/home
resiliencehub resiliencehub/home resilience-hub
resource-explorer-2 resource-explorer/home resource-explorer,rex
resource-groups resource-groups/home
rolesanywhere rolesanywhere/home iam-ra
route53 route53/v2/home r53,dns,route,route53profiles
route53domains route53/domains/home domains
route53resolver route53resolver/home resolver
run-command systems-manager/run-command
s3 s3/home s3api,bucket,buckets,s3control,s3tables,s3vectors,s3outposts
sagemaker sagemaker/home sm-ai,sagemaker-ai,sagemaker-runtime,sagemaker-metrics,sagemaker-featurestore-runtime,sagemaker-geospatial
savingsplans cost-management/home#/savings-plans/overview savings-plans
scheduler scheduler/home eventbridge-scheduler
schemas events/home#/schemas
secretsmanager secretsmanager/home sm,secrets,secret,scrm
security-groups ec2/home#SecurityGroups: sg
security-ir security-ir/home incident-response
securityhub securityhub/home scrh,sechub
securitylake securitylake/home
serverlessrepo serverlessrepo/home sar
service-quotas servicequotas/home quotas,servicequotas,limits
servicecatalog servicecatalog/home sc,servicecatalog-appregistry
ses ses/home sesv2,mailmanager
session-manager systems-manager/session-manager
shield wafv2/shieldv2
signer signer/home signer-data
snapshots ec2/home#Snapshots:
snowball snowfamily/home snow,snowfamily,snow-device-management,importexport
sns sns/v3/home
sqs sqs/v3/home queue,queues
ssm systems-manager/home systems-manager,ssm-quicksetup,ssm-sap
ssm-incidents systems-manager/incidents/home incident-manager,ssm-contacts
sso singlesignon/home idc,sso-admin,identity-center,identitystore,singlesignon,sso-oidc
stepfunctions states/home sfn,states,stepfn,step-functions
storagegateway storagegateway/home sgw
subnets vpcconsole/home#subnets:
support support/home cases,support-app
swf swf/v2/home
synthetics cloudwatch/home#synthetics:canary/list canary
tag-editor resource-groups/tag-editor resourcegroupstaggingapi,tags
target-groups ec2/home#TargetGroups: tg
textract textract/home
timestream timestream/home timestream-write,timestream-influxdb,timestream-query
transcribe transcribe/home
transfer transfer/home sftp,transfer-family
transitgateway vpcconsole/home#TransitGateways: tgw
translate translate/home
trustedadvisor trustedadvisor/home tra,ta
verifiedpermissions verifiedpermissions/home avp
vpc vpcconsole/home
vpc-lattice vpcconsole/home#ServiceNetworks: lattice
waf wafv2/homev2 wafv2,waf-regional
wellarchitected wellarchitected/home wat,well-architected
wickr wickr/home
workmail workmail/v2/home
workspaces workspaces/v2/home ws
workspaces-thin-client workspaces-thin-client/home
workspaces-web workspaces-web/home secure-browser
xray cloudwatch/home#xray:traces x-ray,traces
`

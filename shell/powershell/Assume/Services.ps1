# Generated from src/console/service-table.ts by: npm run generate
@(
  @{ Name = 'access-analyzer'; Text = 'accessanalyzer, iam-access-analyzer' }
  @{ Name = 'account'; Text = 'accounts, myaccount' }
  @{ Name = 'acm'; Text = 'certificate-manager, certs, certificates' }
  @{ Name = 'acm-pca'; Text = 'pca, private-ca, pca-connector-ad, pca-connector-scep' }
  @{ Name = 'alarms'; Text = 'cwa' }
  @{ Name = 'amis'; Text = 'ami, images' }
  @{ Name = 'amp'; Text = 'aps, prometheus' }
  @{ Name = 'amplify'; Text = 'amplifybackend, amplifyuibuilder' }
  @{ Name = 'apigateway'; Text = 'apigw, api, apigatewayv2, gateway, apigatewaymanagementapi' }
  @{ Name = 'appconfig'; Text = 'appconfigdata' }
  @{ Name = 'appfabric'; Text = '' }
  @{ Name = 'appflow'; Text = '' }
  @{ Name = 'appmesh'; Text = '' }
  @{ Name = 'apprunner'; Text = 'app-runner' }
  @{ Name = 'appstream'; Text = 'appstream2, workspaces-applications' }
  @{ Name = 'appsync'; Text = '' }
  @{ Name = 'arc'; Text = 'route53-recovery-control-config, zonal-shift, route53-recovery-cluster, route53-recovery-readiness, arc-zonal-shift, arc-region-switch' }
  @{ Name = 'artifact'; Text = '' }
  @{ Name = 'athena'; Text = '' }
  @{ Name = 'auditmanager'; Text = 'audit-manager' }
  @{ Name = 'autoscaling'; Text = 'asg' }
  @{ Name = 'autoscaling-plans'; Text = 'awsautoscaling' }
  @{ Name = 'b2bi'; Text = '' }
  @{ Name = 'backup'; Text = 'backup-gateway, backupsearch' }
  @{ Name = 'batch'; Text = '' }
  @{ Name = 'bedrock'; Text = 'br, bedrock-runtime, bedrock-agent, bedrock-agent-runtime, bedrock-data-automation' }
  @{ Name = 'bedrock-agentcore'; Text = 'agentcore, bedrock-agentcore-control' }
  @{ Name = 'billing'; Text = 'bills, bill, invoicing, taxsettings, freetier' }
  @{ Name = 'billingconductor'; Text = '' }
  @{ Name = 'braket'; Text = 'quantum' }
  @{ Name = 'budgets'; Text = '' }
  @{ Name = 'ce'; Text = 'cost-explorer, costs, cost-management, cur, bcm-data-exports, bcm-dashboards, bcm-pricing-calculator, bcm-recommended-actions, cost-optimization-hub' }
  @{ Name = 'chatbot'; Text = 'q-chat-apps' }
  @{ Name = 'cleanrooms'; Text = 'cleanroomsml' }
  @{ Name = 'cloud9'; Text = 'c9' }
  @{ Name = 'cloudformation'; Text = 'cfn' }
  @{ Name = 'cloudfront'; Text = 'cf, cfnt, cdn, cloudfront-keyvaluestore' }
  @{ Name = 'cloudhsm'; Text = 'cloudhsmv2, hsm' }
  @{ Name = 'cloudmap'; Text = 'servicediscovery' }
  @{ Name = 'cloudsearch'; Text = 'cloudsearchdomain' }
  @{ Name = 'cloudshell'; Text = 'shell' }
  @{ Name = 'cloudtrail'; Text = 'ct, trail, trails, cloudtrail-data' }
  @{ Name = 'cloudwatch'; Text = 'cw, application-signals, application-insights, rum, internetmonitor, networkmonitor, networkflowmonitor, oam, observabilityadmin' }
  @{ Name = 'codeartifact'; Text = '' }
  @{ Name = 'codebuild'; Text = 'cb' }
  @{ Name = 'codecommit'; Text = 'cc' }
  @{ Name = 'codeconnections'; Text = 'codestar-connections' }
  @{ Name = 'codedeploy'; Text = 'cd' }
  @{ Name = 'codeguru'; Text = 'codeguru-reviewer, codeguruprofiler, codeguru-security' }
  @{ Name = 'codepipeline'; Text = 'cp, pipeline' }
  @{ Name = 'codesuite'; Text = 'code, developer-tools, codestar-notifications' }
  @{ Name = 'cognito'; Text = 'cognito-idp, userpools' }
  @{ Name = 'cognito-identity'; Text = 'identitypools' }
  @{ Name = 'comprehend'; Text = 'comprehendmedical' }
  @{ Name = 'compute-optimizer'; Text = '' }
  @{ Name = 'config'; Text = 'configservice' }
  @{ Name = 'connect'; Text = 'connectparticipant, connectcampaigns, connectcampaignsv2, connectcases, connect-contact-lens, customer-profiles, appintegrations, qconnect, voice-id, wisdom' }
  @{ Name = 'controltower'; Text = 'control-tower, controlcatalog' }
  @{ Name = 'dashboards'; Text = 'cwd' }
  @{ Name = 'databrew'; Text = '' }
  @{ Name = 'dataexchange'; Text = '' }
  @{ Name = 'datapipeline'; Text = '' }
  @{ Name = 'datasync'; Text = '' }
  @{ Name = 'datazone'; Text = '' }
  @{ Name = 'dax'; Text = '' }
  @{ Name = 'deadline'; Text = 'deadline-cloud' }
  @{ Name = 'detective'; Text = '' }
  @{ Name = 'devicefarm'; Text = '' }
  @{ Name = 'devops-guru'; Text = '' }
  @{ Name = 'directconnect'; Text = 'dx' }
  @{ Name = 'discovery'; Text = 'ads, application-discovery' }
  @{ Name = 'dlm'; Text = 'lifecycle-manager' }
  @{ Name = 'dms'; Text = '' }
  @{ Name = 'docdb'; Text = 'documentdb, docdb-elastic' }
  @{ Name = 'drs'; Text = 'elastic-disaster-recovery' }
  @{ Name = 'ds'; Text = 'directory, directoryservice, ds-data' }
  @{ Name = 'dsql'; Text = 'aurora-dsql' }
  @{ Name = 'dynamodb'; Text = 'ddb, dynamo, dynamodbstreams' }
  @{ Name = 'ebs'; Text = 'volumes' }
  @{ Name = 'ec2'; Text = 'instances, ec2-instance-connect' }
  @{ Name = 'ec2globalview'; Text = 'global-view' }
  @{ Name = 'ecr'; Text = '' }
  @{ Name = 'ecr-public'; Text = '' }
  @{ Name = 'ecs'; Text = 'fargate' }
  @{ Name = 'efs'; Text = '' }
  @{ Name = 'eks'; Text = 'k8s, eks-auth' }
  @{ Name = 'elasticache'; Text = 'ec, redis, valkey' }
  @{ Name = 'elasticbeanstalk'; Text = 'eb, beanstalk' }
  @{ Name = 'elb'; Text = 'elbv2, alb, nlb, load-balancers' }
  @{ Name = 'emr'; Text = 'elasticmapreduce, emr-containers' }
  @{ Name = 'emr-serverless'; Text = '' }
  @{ Name = 'entityresolution'; Text = 'entity-resolution' }
  @{ Name = 'events'; Text = 'eventbridge, event' }
  @{ Name = 'evs'; Text = '' }
  @{ Name = 'finspace'; Text = 'finspace-data' }
  @{ Name = 'firehose'; Text = '' }
  @{ Name = 'fis'; Text = 'fault-injection' }
  @{ Name = 'fleet-manager'; Text = '' }
  @{ Name = 'fms'; Text = 'firewall-manager' }
  @{ Name = 'forecast'; Text = 'forecastquery' }
  @{ Name = 'frauddetector'; Text = '' }
  @{ Name = 'fsx'; Text = '' }
  @{ Name = 'gamelift'; Text = 'gameliftstreams' }
  @{ Name = 'glacier'; Text = '' }
  @{ Name = 'globalaccelerator'; Text = 'ga' }
  @{ Name = 'glue'; Text = '' }
  @{ Name = 'gluestudio'; Text = 'glue-studio' }
  @{ Name = 'grafana'; Text = 'amg' }
  @{ Name = 'greengrass'; Text = 'greengrassv2' }
  @{ Name = 'groundstation'; Text = '' }
  @{ Name = 'guardduty'; Text = 'gd' }
  @{ Name = 'health'; Text = 'phd, personal-health-dashboard' }
  @{ Name = 'healthlake'; Text = '' }
  @{ Name = 'home'; Text = 'console, dashboard' }
  @{ Name = 'iam'; Text = 'users, roles, policies, sts' }
  @{ Name = 'imagebuilder'; Text = '' }
  @{ Name = 'inspector'; Text = 'inspector2, inspector-scan' }
  @{ Name = 'iot'; Text = 'iot-core, iot-data, iot-jobs-data, iotsecuretunneling, iotwireless, iotdeviceadvisor' }
  @{ Name = 'iotfleetwise'; Text = '' }
  @{ Name = 'iotsitewise'; Text = 'sitewise' }
  @{ Name = 'iottwinmaker'; Text = '' }
  @{ Name = 'ivs'; Text = 'ivs-realtime, ivschat' }
  @{ Name = 'kafka'; Text = 'msk, kafkaconnect' }
  @{ Name = 'kendra'; Text = 'kendra-ranking' }
  @{ Name = 'keypairs'; Text = 'key-pairs' }
  @{ Name = 'keyspaces'; Text = 'cassandra, mcs, keyspacesstreams' }
  @{ Name = 'kinesis'; Text = '' }
  @{ Name = 'kinesisanalyticsv2'; Text = 'flink, managed-flink, kinesisanalytics' }
  @{ Name = 'kinesisvideo'; Text = 'kinesis-video-media, kinesis-video-archived-media, kinesis-video-signaling' }
  @{ Name = 'kms'; Text = 'keys' }
  @{ Name = 'lakeformation'; Text = 'lake-formation' }
  @{ Name = 'lambda'; Text = 'l, fn, functions' }
  @{ Name = 'launch-templates'; Text = 'lt' }
  @{ Name = 'launch-wizard'; Text = 'launchwizard' }
  @{ Name = 'lex'; Text = 'lexv2-models, lex-models, lexv2-runtime, lex-runtime, lexv2' }
  @{ Name = 'license-manager'; Text = 'license-manager-linux-subscriptions, license-manager-user-subscriptions' }
  @{ Name = 'lightsail'; Text = 'ls' }
  @{ Name = 'location'; Text = 'location-service, geo-maps, geo-places, geo-routes' }
  @{ Name = 'logs'; Text = 'cwl, log-groups' }
  @{ Name = 'logs-insights'; Text = 'insights' }
  @{ Name = 'm2'; Text = 'mainframe' }
  @{ Name = 'macie'; Text = 'macie2' }
  @{ Name = 'managedblockchain'; Text = 'managedblockchain-query' }
  @{ Name = 'marketplace'; Text = 'subscriptions, marketplace-catalog, marketplace-entitlement, marketplace-agreement, meteringmarketplace' }
  @{ Name = 'mediaconnect'; Text = '' }
  @{ Name = 'mediaconvert'; Text = '' }
  @{ Name = 'medialive'; Text = '' }
  @{ Name = 'mediapackage'; Text = 'mediapackagev2, mediapackage-vod' }
  @{ Name = 'mediatailor'; Text = '' }
  @{ Name = 'medical-imaging'; Text = 'healthimaging' }
  @{ Name = 'memorydb'; Text = '' }
  @{ Name = 'metrics'; Text = 'cwm' }
  @{ Name = 'mgh'; Text = 'migrationhub, migration-hub, migrationhub-config, migrationhubstrategy, migrationhuborchestrator, migration-hub-refactor-spaces' }
  @{ Name = 'mgn'; Text = 'application-migration' }
  @{ Name = 'mq'; Text = 'amazonmq, activemq, rabbitmq' }
  @{ Name = 'mwaa'; Text = 'airflow, mwaa-serverless' }
  @{ Name = 'nat-gateways'; Text = 'nat' }
  @{ Name = 'neptune'; Text = 'neptune-graph, neptunedata' }
  @{ Name = 'network-firewall'; Text = '' }
  @{ Name = 'networkmanager'; Text = 'cloudwan' }
  @{ Name = 'notifications'; Text = 'notificationscontacts' }
  @{ Name = 'odb'; Text = 'oracle-database' }
  @{ Name = 'omics'; Text = 'healthomics' }
  @{ Name = 'opensearch'; Text = 'es, aos, elasticsearch, osis' }
  @{ Name = 'opensearchserverless'; Text = 'aoss' }
  @{ Name = 'organizations'; Text = 'orgs, org' }
  @{ Name = 'outposts'; Text = 'outpost' }
  @{ Name = 'parameter-store'; Text = 'param, params, parameters' }
  @{ Name = 'patch-manager'; Text = '' }
  @{ Name = 'payment-cryptography'; Text = 'payment-cryptography-data' }
  @{ Name = 'pcs'; Text = 'parallel-computing' }
  @{ Name = 'personalize'; Text = 'personalize-runtime, personalize-events' }
  @{ Name = 'pinpoint'; Text = 'end-user-messaging, pinpoint-email, pinpoint-sms-voice, pinpoint-sms-voice-v2' }
  @{ Name = 'pipes'; Text = '' }
  @{ Name = 'polly'; Text = '' }
  @{ Name = 'q-developer'; Text = 'amazonq-developer' }
  @{ Name = 'qbusiness'; Text = 'q-business, amazonq, qapps' }
  @{ Name = 'quicksight'; Text = 'qs, quick' }
  @{ Name = 'ram'; Text = 'resource-access-manager' }
  @{ Name = 'rbin'; Text = 'recycle-bin' }
  @{ Name = 'rds'; Text = 'aurora, rds-data, pi' }
  @{ Name = 'redshift'; Text = 'rs, redshift-data' }
  @{ Name = 'redshift-serverless'; Text = '' }
  @{ Name = 'rekognition'; Text = '' }
  @{ Name = 'resiliencehub'; Text = 'resilience-hub' }
  @{ Name = 'resource-explorer-2'; Text = 'resource-explorer, rex' }
  @{ Name = 'resource-groups'; Text = '' }
  @{ Name = 'rolesanywhere'; Text = 'iam-ra' }
  @{ Name = 'route53'; Text = 'r53, dns, route, route53profiles' }
  @{ Name = 'route53domains'; Text = 'domains' }
  @{ Name = 'route53resolver'; Text = 'resolver' }
  @{ Name = 'run-command'; Text = '' }
  @{ Name = 's3'; Text = 's3api, bucket, buckets, s3control, s3tables, s3vectors, s3outposts' }
  @{ Name = 'sagemaker'; Text = 'sm-ai, sagemaker-ai, sagemaker-runtime, sagemaker-metrics, sagemaker-featurestore-runtime, sagemaker-geospatial' }
  @{ Name = 'savingsplans'; Text = 'savings-plans' }
  @{ Name = 'scheduler'; Text = 'eventbridge-scheduler' }
  @{ Name = 'schemas'; Text = '' }
  @{ Name = 'secretsmanager'; Text = 'sm, secrets, secret, scrm' }
  @{ Name = 'security-groups'; Text = 'sg' }
  @{ Name = 'security-ir'; Text = 'incident-response' }
  @{ Name = 'securityhub'; Text = 'scrh, sechub' }
  @{ Name = 'securitylake'; Text = '' }
  @{ Name = 'serverlessrepo'; Text = 'sar' }
  @{ Name = 'service-quotas'; Text = 'quotas, servicequotas, limits' }
  @{ Name = 'servicecatalog'; Text = 'sc, servicecatalog-appregistry' }
  @{ Name = 'ses'; Text = 'sesv2, mailmanager' }
  @{ Name = 'session-manager'; Text = '' }
  @{ Name = 'shield'; Text = '' }
  @{ Name = 'signer'; Text = 'signer-data' }
  @{ Name = 'snapshots'; Text = '' }
  @{ Name = 'snowball'; Text = 'snow, snowfamily, snow-device-management, importexport' }
  @{ Name = 'sns'; Text = '' }
  @{ Name = 'sqs'; Text = 'queue, queues' }
  @{ Name = 'ssm'; Text = 'systems-manager, ssm-quicksetup, ssm-sap' }
  @{ Name = 'ssm-incidents'; Text = 'incident-manager, ssm-contacts' }
  @{ Name = 'sso'; Text = 'idc, sso-admin, identity-center, identitystore, singlesignon, sso-oidc' }
  @{ Name = 'stepfunctions'; Text = 'sfn, states, stepfn, step-functions' }
  @{ Name = 'storagegateway'; Text = 'sgw' }
  @{ Name = 'subnets'; Text = '' }
  @{ Name = 'support'; Text = 'cases, support-app' }
  @{ Name = 'swf'; Text = '' }
  @{ Name = 'synthetics'; Text = 'canary' }
  @{ Name = 'tag-editor'; Text = 'resourcegroupstaggingapi, tags' }
  @{ Name = 'target-groups'; Text = 'tg' }
  @{ Name = 'textract'; Text = '' }
  @{ Name = 'timestream'; Text = 'timestream-write, timestream-influxdb, timestream-query' }
  @{ Name = 'transcribe'; Text = '' }
  @{ Name = 'transfer'; Text = 'sftp, transfer-family' }
  @{ Name = 'transitgateway'; Text = 'tgw' }
  @{ Name = 'translate'; Text = '' }
  @{ Name = 'trustedadvisor'; Text = 'tra, ta' }
  @{ Name = 'verifiedpermissions'; Text = 'avp' }
  @{ Name = 'vpc'; Text = '' }
  @{ Name = 'vpc-lattice'; Text = 'lattice' }
  @{ Name = 'waf'; Text = 'wafv2, waf-regional' }
  @{ Name = 'wellarchitected'; Text = 'wat, well-architected' }
  @{ Name = 'wickr'; Text = '' }
  @{ Name = 'workmail'; Text = '' }
  @{ Name = 'workspaces'; Text = 'ws' }
  @{ Name = 'workspaces-thin-client'; Text = '' }
  @{ Name = 'workspaces-web'; Text = 'secure-browser' }
  @{ Name = 'xray'; Text = 'x-ray, traces' }
)

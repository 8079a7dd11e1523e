# Generated from src/console/service-table.ts by: npm run generate
set --global --unexport __assume_service_table \
    'access-analyzer accessanalyzer, iam-access-analyzer' \
    'account accounts, myaccount' \
    'acm certificate-manager, certs, certificates' \
    'acm-pca pca, private-ca, pca-connector-ad, pca-connector-scep' \
    'alarms cwa' \
    'amis ami, images' \
    'amp aps, prometheus' \
    'amplify amplifybackend, amplifyuibuilder' \
    'apigateway apigw, api, apigatewayv2, gateway, apigatewaymanagementapi' \
    'appconfig appconfigdata' \
    appfabric \
    appflow \
    appmesh \
    'apprunner app-runner' \
    'appstream appstream2, workspaces-applications' \
    appsync \
    'arc route53-recovery-control-config, zonal-shift, route53-recovery-cluster, route53-recovery-readiness, arc-zonal-shift, arc-region-switch' \
    artifact \
    athena \
    'auditmanager audit-manager' \
    'autoscaling asg' \
    'autoscaling-plans awsautoscaling' \
    b2bi \
    'backup backup-gateway, backupsearch' \
    batch \
    'bedrock br, bedrock-runtime, bedrock-agent, bedrock-agent-runtime, bedrock-data-automation' \
    'bedrock-agentcore agentcore, bedrock-agentcore-control' \
    'billing bills, bill, invoicing, taxsettings, freetier' \
    billingconductor \
    'braket quantum' \
    budgets \
    'ce cost-explorer, costs, cost-management, cur, bcm-data-exports, bcm-dashboards, bcm-pricing-calculator, bcm-recommended-actions, cost-optimization-hub' \
    'chatbot q-chat-apps' \
    'cleanrooms cleanroomsml' \
    'cloud9 c9' \
    'cloudformation cfn' \
    'cloudfront cf, cfnt, cdn, cloudfront-keyvaluestore' \
    'cloudhsm cloudhsmv2, hsm' \
    'cloudmap servicediscovery' \
    'cloudsearch cloudsearchdomain' \
    'cloudshell shell' \
    'cloudtrail ct, trail, trails, cloudtrail-data' \
    'cloudwatch cw, application-signals, application-insights, rum, internetmonitor, networkmonitor, networkflowmonitor, oam, observabilityadmin' \
    codeartifact \
    'codebuild cb' \
    'codecommit cc' \
    'codeconnections codestar-connections' \
    'codedeploy cd' \
    'codeguru codeguru-reviewer, codeguruprofiler, codeguru-security' \
    'codepipeline cp, pipeline' \
    'codesuite code, developer-tools, codestar-notifications' \
    'cognito cognito-idp, userpools' \
    'cognito-identity identitypools' \
    'comprehend comprehendmedical' \
    compute-optimizer \
    'config configservice' \
    'connect connectparticipant, connectcampaigns, connectcampaignsv2, connectcases, connect-contact-lens, customer-profiles, appintegrations, qconnect, voice-id, wisdom' \
    'controltower control-tower, controlcatalog' \
    'dashboards cwd' \
    databrew \
    dataexchange \
    datapipeline \
    datasync \
    datazone \
    dax \
    'deadline deadline-cloud' \
    detective \
    devicefarm \
    devops-guru \
    'directconnect dx' \
    'discovery ads, application-discovery' \
    'dlm lifecycle-manager' \
    dms \
    'docdb documentdb, docdb-elastic' \
    'drs elastic-disaster-recovery' \
    'ds directory, directoryservice, ds-data' \
    'dsql aurora-dsql' \
    'dynamodb ddb, dynamo, dynamodbstreams' \
    'ebs volumes' \
    'ec2 instances, ec2-instance-connect' \
    'ec2globalview global-view' \
    ecr \
    ecr-public \
    'ecs fargate' \
    efs \
    'eks k8s, eks-auth' \
    'elasticache ec, redis, valkey' \
    'elasticbeanstalk eb, beanstalk' \
    'elb elbv2, alb, nlb, load-balancers' \
    'emr elasticmapreduce, emr-containers' \
    emr-serverless \
    'entityresolution entity-resolution' \
    'events eventbridge, event' \
    evs \
    'finspace finspace-data' \
    firehose \
    'fis fault-injection' \
    fleet-manager \
    'fms firewall-manager' \
    'forecast forecastquery' \
    frauddetector \
    fsx \
    'gamelift gameliftstreams' \
    glacier \
    'globalaccelerator ga' \
    glue \
    'gluestudio glue-studio' \
    'grafana amg' \
    'greengrass greengrassv2' \
    groundstation \
    'guardduty gd' \
    'health phd, personal-health-dashboard' \
    healthlake \
    'home console, dashboard' \
    'iam users, roles, policies, sts' \
    imagebuilder \
    'inspector inspector2, inspector-scan' \
    'iot iot-core, iot-data, iot-jobs-data, iotsecuretunneling, iotwireless, iotdeviceadvisor' \
    iotfleetwise \
    'iotsitewise sitewise' \
    iottwinmaker \
    'ivs ivs-realtime, ivschat' \
    'kafka msk, kafkaconnect' \
    'kendra kendra-ranking' \
    'keypairs key-pairs' \
    'keyspaces cassandra, mcs, keyspacesstreams' \
    kinesis \
    'kinesisanalyticsv2 flink, managed-flink, kinesisanalytics' \
    'kinesisvideo kinesis-video-media, kinesis-video-archived-media, kinesis-video-signaling' \
    'kms keys' \
    'lakeformation lake-formation' \
    'lambda l, fn, functions' \
    'launch-templates lt' \
    'launch-wizard launchwizard' \
    'lex lexv2-models, lex-models, lexv2-runtime, lex-runtime, lexv2' \
    'license-manager license-manager-linux-subscriptions, license-manager-user-subscriptions' \
    'lightsail ls' \
    'location location-service, geo-maps, geo-places, geo-routes' \
    'logs cwl, log-groups' \
    'logs-insights insights' \
    'm2 mainframe' \
    'macie macie2' \
    'managedblockchain managedblockchain-query' \
    'marketplace subscriptions, marketplace-catalog, marketplace-entitlement, marketplace-agreement, meteringmarketplace' \
    mediaconnect \
    mediaconvert \
    medialive \
    'mediapackage mediapackagev2, mediapackage-vod' \
    mediatailor \
    'medical-imaging healthimaging' \
    memorydb \
    'metrics cwm' \
    'mgh migrationhub, migration-hub, migrationhub-config, migrationhubstrategy, migrationhuborchestrator, migration-hub-refactor-spaces' \
    'mgn application-migration' \
    'mq amazonmq, activemq, rabbitmq' \
    'mwaa airflow, mwaa-serverless' \
    'nat-gateways nat' \
    'neptune neptune-graph, neptunedata' \
    network-firewall \
    'networkmanager cloudwan' \
    'notifications notificationscontacts' \
    'odb oracle-database' \
    'omics healthomics' \
    'opensearch es, aos, elasticsearch, osis' \
    'opensearchserverless aoss' \
    'organizations orgs, org' \
    'outposts outpost' \
    'parameter-store param, params, parameters' \
    patch-manager \
    'payment-cryptography payment-cryptography-data' \
    'pcs parallel-computing' \
    'personalize personalize-runtime, personalize-events' \
    'pinpoint end-user-messaging, pinpoint-email, pinpoint-sms-voice, pinpoint-sms-voice-v2' \
    pipes \
    polly \
    'q-developer amazonq-developer' \
    'qbusiness q-business, amazonq, qapps' \
    'quicksight qs, quick' \
    'ram resource-access-manager' \
    'rbin recycle-bin' \
    'rds aurora, rds-data, pi' \
    'redshift rs, redshift-data' \
    redshift-serverless \
    rekognition \
    'resiliencehub resilience-hub' \
    'resource-explorer-2 resource-explorer, rex' \
    resource-groups \
    'rolesanywhere iam-ra' \
    'route53 r53, dns, route, route53profiles' \
    'route53domains domains' \
    'route53resolver resolver' \
    run-command \
    's3 s3api, bucket, buckets, s3control, s3tables, s3vectors, s3outposts' \
    'sagemaker sm-ai, sagemaker-ai, sagemaker-runtime, sagemaker-metrics, sagemaker-featurestore-runtime, sagemaker-geospatial' \
    'savingsplans savings-plans' \
    'scheduler eventbridge-scheduler' \
    schemas \
    'secretsmanager sm, secrets, secret, scrm' \
    'security-groups sg' \
    'security-ir incident-response' \
    'securityhub scrh, sechub' \
    securitylake \
    'serverlessrepo sar' \
    'service-quotas quotas, servicequotas, limits' \
    'servicecatalog sc, servicecatalog-appregistry' \
    'ses sesv2, mailmanager' \
    session-manager \
    shield \
    'signer signer-data' \
    snapshots \
    'snowball snow, snowfamily, snow-device-management, importexport' \
    sns \
    'sqs queue, queues' \
    'ssm systems-manager, ssm-quicksetup, ssm-sap' \
    'ssm-incidents incident-manager, ssm-contacts' \
    'sso idc, sso-admin, identity-center, identitystore, singlesignon, sso-oidc' \
    'stepfunctions sfn, states, stepfn, step-functions' \
    'storagegateway sgw' \
    subnets \
    'support cases, support-app' \
    swf \
    'synthetics canary' \
    'tag-editor resourcegroupstaggingapi, tags' \
    'target-groups tg' \
    textract \
    'timestream timestream-write, timestream-influxdb, timestream-query' \
    transcribe \
    'transfer sftp, transfer-family' \
    'transitgateway tgw' \
    translate \
    'trustedadvisor tra, ta' \
    'verifiedpermissions avp' \
    vpc \
    'vpc-lattice lattice' \
    'waf wafv2, waf-regional' \
    'wellarchitected wat, well-architected' \
    wickr \
    workmail \
    'workspaces ws' \
    workspaces-thin-client \
    'workspaces-web secure-browser' \
    'xray x-ray, traces'

import json

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

operation = ServiceModel(Loader().load_service_model("s3", "service-2")).operation_model("PutBucketCors")


def check(snippet):
    input = {"Bucket": "bucket", "CORSConfiguration": json.loads(snippet)}
    report = ParamValidator().validate(input, operation.input_shape)
    if report.has_errors():
        raise ValueError(report.generate_report())

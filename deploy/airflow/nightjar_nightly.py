"""Every night: evaluate, compare with the baseline, and alert people where it became worse.

Needs Airflow 2.8 or newer with apache-airflow-providers-apache-spark and -http, the connections
``nightjar_spark`` (the cluster, in cluster mode on YARN or client mode on a standalone one) and
``nightjar_alarm`` (HTTP: where the sentence is posted to), and the variables named below.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.providers.http.operators.http import HttpOperator

FACTORY = "{{ var.value.nightjar_factory }}"  # such as s3a://factory
JAR = "{{ var.value.nightjar_jar }}"  # such as s3a://factory/jars/nightjar-0.1.0-spark3.5_2.12.jar

SPARK = {
    "application": JAR,
    "java_class": "io.nightjar.cli.Nightjar",
    "conn_id": "nightjar_spark",
    "packages": "org.apache.hadoop:hadoop-aws:3.3.4",
    "driver_memory": "8g",
    "executor_memory": "8g",
    "executor_cores": 4,
    "num_executors": 2,
    "conf": {
        "spark.executor.memoryOverhead": "6g",
        "spark.driver.maxResultSize": "0",
        "spark.scheduler.mode": "FAIR",
        "spark.locality.wait": "0s",
        "spark.dynamicAllocation.enabled": "false",
        "spark.yarn.maxAppAttempts": "1",
        "spark.yarn.appMasterEnv.LC_ALL": "C.UTF-8",
        "spark.executorEnv.LC_ALL": "C.UTF-8",
    },
}

with DAG(
    dag_id="nightjar_nightly",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # The next night does not begin while one still writes.
    max_active_runs=1,
    # What was refused, or became worse, does so again.
    default_args={"retries": 0, "execution_timeout": timedelta(hours=6)},
    tags=["nightjar"],
):
    evaluate = SparkSubmitOperator(
        task_id="evaluate",
        name="nightjar-evaluate-{{ ds }}",
        application_args=[
            "evaluate",
            "--data",
            FACTORY + "/mvtec_ad",
            "--weights",
            FACTORY + "/weights/resnet50-0676ba61.pth",
            # For the page that people open in the morning.
            "--visualizations",
            "3",
            "--out",
            FACTORY + "/runs/{{ ds }}",
            "--reuse",
            FACTORY + "/runs/store",
        ],
        **SPARK,
    )

    compare = SparkSubmitOperator(
        task_id="compare",
        name="nightjar-compare-{{ ds }}",
        # A category that failed is for the gate to decide.
        trigger_rule="all_done",
        application_args=[
            "compare",
            FACTORY + "/runs/baseline",
            FACTORY + "/runs/{{ ds }}",
            "--fail-on",
            "worse,failed",
            "--out",
            FACTORY + "/compared/{{ ds }}",
        ],
        **SPARK,
    )

    # All nights on one page, whatever became of this one.
    history = SparkSubmitOperator(
        task_id="history",
        name="nightjar-history-{{ ds }}",
        trigger_rule="all_done",
        application_args=[
            "history",
            "--runs",
            FACTORY + "/runs",
            "--out",
            FACTORY + "/history",
        ],
        **SPARK,
    )

    alarm = HttpOperator(
        task_id="alarm",
        http_conn_id="nightjar_alarm",
        method="POST",
        headers={"Content-Type": "application/json"},
        data='{"text": "Nightjar {{ ds }} did not pass: '
        + FACTORY
        + '/compared/{{ ds }}/compare.html"}',
        trigger_rule="one_failed",
    )

    # The last tasks of a DAG decide on its state, and alarm and history succeed in any case.
    passed = EmptyOperator(task_id="passed")

    evaluate >> compare >> alarm
    evaluate >> alarm
    evaluate >> history
    [evaluate, compare, history] >> passed

/** Records of runs on an MLflow tracking server, by its REST API. */
package io.nightjar.cli.mlflow;

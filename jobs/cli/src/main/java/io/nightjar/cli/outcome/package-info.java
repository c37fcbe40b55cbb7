/**
 * How a command ended: its exit code, and what announces it: a file of metrics, a webhook, a record
 * in MLflow.
 */
package io.nightjar.cli.outcome;

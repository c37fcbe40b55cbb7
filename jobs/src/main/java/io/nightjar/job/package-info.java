/** Actions on Spark: each wires the packages below into jobs and returns an immutable result. */
package io.nightjar.job;

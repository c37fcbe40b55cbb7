package io.nightjar.benchmarks.kernel;

import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same in plain Java, which computes where there is no OpenBLAS. */
@Fork(value = 1, jvmArgsAppend = "-Dnightjar.linalg=java")
@State(Scope.Thread)
public class JavaLinalgKernels extends LinalgKernels {}

package io.nightjar.linalg;

class JavaNativeMatrixTest extends NativeMatrixTest {
  @Override
  Kernels kernels() {
    return new JavaKernels();
  }
}

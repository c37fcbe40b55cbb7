#!/usr/bin/env bash
# OpenBLAS gives a row of a matrix product other bits when other rows are multiplied with it.
#
# Versions    OpenBLAS 0.3.30 (org.bytedeco:openblas 0.3.30-1.5.12, Linux x86-64), one thread, kernels of the
#             core type Haswell, which every processor with AVX2 can run; Java 17.
# Guess       With one thread, row i of sgemm(X, W) depends on row i of X and on W alone: a patch has the same
#             projection whether it comes with 783 others or alone.
# Behaviour   The kernel works on blocks of 12 rows; what is left over goes through smaller kernels, whose
#             products are added in another order. So the first rows change with the number of rows, unless that
#             is a multiple of 12, and within one product the last rows are rounded differently from the others.
#             Of 64 rows x 512 times 512 x 64, the rows below differ from the same rows in a product of fewer.
#             (Core types with AVX-512 take another path for small products: there all rows of up to 24 differ,
#             and 31 or more agree.) Whoever promises equal bits for any batch must fix the rows of a call.
# Output seen rows  1: 16 of 64 values differ
#             rows  4: 171 of 256 values differ
#             rows  8: 366 of 512 values differ
#             rows 12: 0 of 768 values differ
#             rows 16: 173 of 1024 values differ
#             rows 24: 0 of 1536 values differ
#
# Needs JDK 17, Maven and a processor with AVX2. Exits with 0 while this holds, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>row-bits</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.bytedeco</groupId>
      <artifactId>openblas</artifactId>
      <version>0.3.30-1.5.12</version>
    </dependency>
    <dependency>
      <groupId>org.bytedeco</groupId>
      <artifactId>openblas</artifactId>
      <version>0.3.30-1.5.12</version>
      <classifier>linux-x86_64</classifier>
    </dependency>
    <dependency>
      <groupId>org.bytedeco</groupId>
      <artifactId>javacpp</artifactId>
      <version>1.5.12</version>
      <classifier>linux-x86_64</classifier>
    </dependency>
  </dependencies>
</project>
POM

cat >Rows.java <<'JAVA'
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.openblas.global.openblas;

public class Rows {
  private static final int ROWS = 64;
  private static final int INNER = 512;
  private static final int COLUMNS = 64;
  private static final int ROW_MAJOR = 101;
  private static final int NOT_TRANSPOSED = 111;

  public static void main(String[] args) {
    openblas.blas_set_num_threads(1);
    Random random = new Random(1);
    float[] left = normal(random, ROWS * INNER);
    float[] right = normal(random, INNER * COLUMNS);
    float[] whole = multiply(left, ROWS, right);
    boolean holds = true;
    for (int rows : new int[] {1, 4, 8, 12, 16, 24}) {
      float[] part = multiply(Arrays.copyOf(left, rows * INNER), rows, right);
      int different = 0;
      for (int i = 0; i < part.length; i++) {
        different += part[i] == whole[i] ? 0 : 1;
      }
      System.out.println("rows " + (rows < 10 ? " " : "") + rows + ": " + different + " of " + part.length + " values differ");
      holds &= (different == 0) == (rows % 12 == 0);
    }
    System.out.println(holds ? "As stated." : "This has CHANGED.");
    System.exit(holds ? 0 : 1);
  }

  private static float[] multiply(float[] left, int rows, float[] right) {
    float[] product = new float[rows * COLUMNS];
    openblas.cblas_sgemm(
        ROW_MAJOR, NOT_TRANSPOSED, NOT_TRANSPOSED, rows, COLUMNS, INNER, 1, left, INNER, right, COLUMNS, 0, product, COLUMNS);
    return product;
  }

  private static float[] normal(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
JAVA

mvn -q -B -Dmaven.repo.local="$work/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=classpath </dev/null
OPENBLAS_CORETYPE=Haswell java -Djava.io.tmpdir="$work" -Dorg.bytedeco.javacpp.cachedir="$work/cache" -cp "$(cat classpath)" Rows.java

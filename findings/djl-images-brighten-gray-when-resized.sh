#!/usr/bin/env bash
# DJL's images of gray files are brightened by a colour profile: of 16 bits when read, of any depth when resized.
#
# Versions    DJL 0.36.0 (ai.djl:api, its default ImageFactory on java.awt, engine OnnxRuntime), Java 17.
# Guess       The array of a gray PNG has the samples of the file, scaled to 8 bits, in each channel, as in Pillow and
#             OpenCV; an image that is resized to its own size stays as it is.
# Behaviour   An 8-bit gray file is read so. A 16-bit one goes through java.awt's conversion from a linear gray to
#             sRGB: the middle, 128 of 255, becomes 188. Image.resize draws gray images onto one of colours, which
#             does the same: 128 becomes 188 in an 8-bit file that was right before, and 223 in a 16-bit file. Gray
#             files and colour files of the same picture so give a network different inputs, and nothing is said.
# Output seen 8-bit gray     read: 1, 64, 128, 200  resized: 13, 137, 188, 229
#             16-bit gray    read: 13, 137, 188, 229  resized: 64, 194, 223, 243
#             8-bit colour   read: 1, 64, 128, 200  resized: 1, 64, 128, 200
#
# Needs JDK 17 and Maven. Exits with 0 while this holds, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>gray-images</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>ai.djl</groupId>
      <artifactId>api</artifactId>
      <version>0.36.0</version>
    </dependency>
    <dependency>
      <groupId>ai.djl.onnxruntime</groupId>
      <artifactId>onnxruntime-engine</artifactId>
      <version>0.36.0</version>
    </dependency>
  </dependencies>
</project>
POM

cat >Gray.java <<'JAVA'
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

public class Gray {
  private static final int[] SAMPLES = {1, 64, 128, 200};
  private static boolean holds = true;

  public static void main(String[] args) throws Exception {
    report("8-bit gray", BufferedImage.TYPE_BYTE_GRAY, 188, false);
    report("16-bit gray", BufferedImage.TYPE_USHORT_GRAY, 223, true);
    report("8-bit colour", BufferedImage.TYPE_INT_RGB, 128, false);
    System.out.println(holds ? "As stated." : "This has CHANGED.");
    System.exit(holds ? 0 : 1);
  }

  private static void report(String what, int type, int middle, boolean brighter)
      throws Exception {
    BufferedImage drawn = new BufferedImage(256, 1, type);
    for (int x = 0; x < 256; x++) {
      for (int band = 0; band < drawn.getRaster().getNumBands(); band++) {
        drawn
            .getRaster()
            .setSample(x, 0, band, type == BufferedImage.TYPE_USHORT_GRAY ? x * 257 : x);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(drawn, "png", png)) {
      throw new IllegalStateException(what);
    }
    Image image =
        ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(png.toByteArray()));
    int[] read = samples(image);
    int[] resized = samples(image.resize(256, 1, true));
    System.out.printf(
        Locale.ROOT, "%-13s  read: %s  resized: %s%n", what, text(read), text(resized));
    holds &= !Arrays.equals(read, SAMPLES) == brighter && resized[2] == middle;
  }

  /** The first channel at some columns. */
  private static int[] samples(Image image) {
    try (NDManager manager = NDManager.newBaseManager()) {
      byte[] values = image.toNDArray(manager, Image.Flag.COLOR).toByteArray();
      return Arrays.stream(SAMPLES).map(x -> values[x * 3] & 0xff).toArray();
    }
  }

  private static String text(int[] values) {
    return Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
JAVA

mvn -q -B -Dmaven.repo.local="$work/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=classpath </dev/null
java -Dai.djl.offline=true -DOPT_OUT_TRACKING=true -Djava.awt.headless=true -cp "$(cat classpath)" Gray.java 2>log.txt ||
  { status=$?; tail -n 20 log.txt >&2; exit "$status"; }

package io.nightjar.bank.store;

import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.spec.Size;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.components.StageWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** Small banks of random rows: three images of four patches, in two files. */
public final class SampleBanks {
  public static final Configuration CONFIGURATION = new Configuration();
  public static final int DIMENSION = 3;
  public static final int PATCHES = 4;

  /** Not more than one component of each branch, of two stages of one channel each. */
  private static final ComponentRule RULE = new ComponentRule(0.95, 1, StageWeights.parse("0.5,2"));

  private SampleBanks() {}

  static BankBackbone backbone() {
    return new BankBackbone("ab12", "weights.pth", "resnet18", List.of(1, 2), 64, 2, "fp32");
  }

  static PrincipalComponents components() {
    Random random = new Random(5);
    return new PrincipalComponents(
        random.doubles(6).toArray(),
        new double[] {3, 2, 1},
        random.doubles(6 * DIMENSION).toArray(),
        6.125);
  }

  public static ImageRows image(String path) {
    Random random = new Random(path.hashCode());
    float[] values = new float[PATCHES * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt() & 0xBFFFFFFF); // any finite bits
    }
    return ImageRows.whole(path, "00" + path.length(), PATCHES, values);
  }

  static BankBackbone recipeBackbone() {
    return new BankBackbone(
        "ab12",
        "weights.pth",
        "resnet18",
        List.of(1, 2),
        List.of(Size.square(64), Size.square(256)),
        Size.square(2),
        "fp32",
        true);
  }

  /** Two branches, whose rows have one value each, and the position. */
  static PatchReduction recipe() {
    return PatchReduction.of(
        List.of(
            new PrincipalComponents(
                new double[] {0.1, 0.2},
                new double[] {3},
                new double[] {0.3, 1.6},
                4,
                new double[] {0.5, 2}),
            new PrincipalComponents(
                new double[] {0.3, 0.4},
                new double[] {2},
                new double[] {0.4, -1.2},
                5,
                new double[] {0.5, 2})),
        Optional.of(new GridPosition(2, 0.5)));
  }

  /** A version whose bank has two image sizes and the position. */
  public static BankManifest publishRecipe(Path folder) {
    WrittenRows rows =
        RowFiles.write(
            folder.toString(),
            0,
            List.of(
                ImageRows.whole("a.png", "00", PATCHES, new float[PATCHES * recipe().dimension()])),
            recipe().dimension(),
            CONFIGURATION);
    BankManifest manifest =
        new BankManifest(
            1,
            OptionalInt.empty(),
            "bottle",
            "2026-02-21T10:00:00Z",
            "nightjar 0.1.0",
            recipeBackbone(),
            recipe().dimension(),
            rows.images(),
            PcaFile.write(recipe(), RULE, 1, folder.toString(), CONFIGURATION),
            List.of(rows.file()),
            Optional.empty(),
            List.of(BankManifest.Source.of("file:/data/bottle/train/good")),
            Optional.empty(),
            "",
            OptionalInt.empty(),
            Optional.of(new BankManifest.Position(0.25, 0.5)));
    new BankPublisher(folder.toString(), CONFIGURATION).publish(manifest);
    return manifest;
  }

  /** Publishes a version with images {@code a}, {@code b} and {@code c}. */
  public static BankManifest publish(Path folder, OptionalInt parent) {
    return publish(folder.toString(), parent, CONFIGURATION);
  }

  static BankManifest publish(String bank, OptionalInt parent, Configuration configuration) {
    BankManifest manifest = write(bank, parent, configuration);
    new BankPublisher(bank, configuration).publish(manifest);
    return manifest;
  }

  /** Writes the files of such a version, and publishes nothing. */
  static BankManifest write(Path folder, OptionalInt parent) {
    return write(folder.toString(), parent, CONFIGURATION);
  }

  static BankManifest write(String bank, OptionalInt parent, Configuration configuration) {
    WrittenRows first =
        RowFiles.write(bank, 0, List.of(image("a.png"), image("b.png")), DIMENSION, configuration);
    WrittenRows second = RowFiles.write(bank, 1, List.of(image("c.png")), DIMENSION, configuration);
    List<BankManifest.Image> images = new ArrayList<>(first.images());
    images.addAll(second.images());
    return new BankManifest(
        parent.orElse(0) + 1,
        parent,
        "bottle",
        "2026-02-21T10:00:00Z",
        "nightjar 0.1.0",
        backbone(),
        DIMENSION,
        images,
        PcaFile.write(
            PatchReduction.of(components()), ComponentRule.of(0.95), 3, bank, configuration),
        List.of(first.file(), second.file()),
        Optional.empty(),
        List.of(BankManifest.Source.of("file:/data/bottle/train/good")),
        "");
  }
}

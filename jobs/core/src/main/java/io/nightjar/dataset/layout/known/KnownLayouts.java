package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.layout.DataLayout;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.dataset.manifest.ManifestReader;
import java.util.List;
import java.util.stream.Stream;

/** All layouts that data sets are read in. */
public final class KnownLayouts {
  /**
   * In the order in which they are asked: first those whose folders MVTec AD's would take for its
   * own, last the one that fits most.
   */
  private static final List<DataLayout> ALL =
      List.of(
          new RuledLayout(new BtadRules()),
          new RuledLayout(new MvtecLocoRules()),
          new RuledLayout(new Mvtec3dRules()),
          new RuledLayout(new MvtecAd2Rules()),
          new RuledLayout(new VisaRules()),
          new RuledLayout(new Ksdd2Rules()),
          new MvtecAdLayout(),
          new RuledLayout(new RealIadRules()),
          new RuledLayout(new KsddRules()),
          new RuledLayout(new MagneticTileRules()),
          new RuledLayout(new LabelledFolderRules()));

  private KnownLayouts() {}

  /** The names of all, as the option {@code --layout} takes them. */
  public static List<String> ids() {
    return Stream.concat(
            Stream.of(LayoutChoice.AUTO),
            Stream.concat(ALL.stream().map(DataLayout::id), Stream.of(LayoutChoice.MANIFEST)))
        .toList();
  }

  /**
   * The layout of that name.
   *
   * @param id one of {@link #ids}; {@code auto} for whichever the folders are in
   * @throws io.nightjar.error.InvalidInputException if there is none of that name
   */
  public static LayoutChoice choose(String id) {
    return new LayoutChoice(id, ALL, new ManifestReader());
  }
}

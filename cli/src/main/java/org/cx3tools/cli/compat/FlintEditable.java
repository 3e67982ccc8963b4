// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cx3tools.backup.GuardedBurn;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.FlashEdit;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFile;

/** The image of {@code -d} or {@code -i}, for a command that changes it. */
interface FlintEditable extends AutoCloseable {
    /** What a command does with it. */
    interface Work {
        int on(FlintEditable image) throws BurnException, DeviceException, FlintImage.Bad;
    }

    /** How a command says that it failed. */
    interface Failed {
        int because(String why);
    }

    /** Opens it, does the work, closes it. A failure to open is printed in the usual words. */
    static int edit(FlintSession session, Failed failed, Work work) {
        if (!session.onDevice() && FlintTarget.isArchive(session)) {
            return failed.because("An archive is not changed: cx3 set and cx3 rom with -i " + session.image()
                + " --psid PSID -o FILE write the changed image of one board");
        }
        Optional<FlintEditable> opened = session.onDevice()
            ? FlintTarget.device(session).map(device -> new OnCard(session, device))
            : FlintTarget.image(session).map(content -> new InFile(session, content));
        if (opened.isEmpty()) {
            return ExitCode.FAILED;
        }
        try (FlintEditable image = opened.get()) {
            return work.on(image);
        } catch (BurnException e) {
            return failed.because(FlintFailures.ofFlashImage(e.failure()));
        } catch (DeviceException e) {
            return failed.because(FlintTarget.text(e));
        } catch (FlintImage.Bad e) {
            return failed.because(e.getMessage());
        }
    }

    /**
     * Reads the image.
     *
     * @throws FlintImage.Bad when there is no good one, with the words that follow a command's own
     */
    Fs2Image read() throws BurnException, DeviceException, FlintImage.Bad;

    /**
     * Puts a changed image in its place, and says so.
     *
     * @return exit code: it failed when the operator did not agree to a danger
     * @throws FlintImage.Bad when it does not fit or cannot be written
     */
    int replace(Fs2Image changed, FlintProgress progress)
        throws BurnException, DeviceException, FlintImage.Bad;

    @Override
    void close() throws DeviceException;

    /** It is burnt anew, as any image. */
    final class OnCard implements FlintEditable {
        private final FlintSession session;
        private final Device device;
        private FlashEdit edit;

        private OnCard(FlintSession session, Device device) {
            this.session = session;
            this.device = device;
        }

        @Override
        public Fs2Image read() throws BurnException, DeviceException {
            edit = FlashEdit.read(device.flash(), device.card(), Progress.NONE);
            return edit.image();
        }

        @Override
        public int replace(Fs2Image changed, FlintProgress progress) throws BurnException, DeviceException {
            BurnPlan plan = edit.plan(changed);
            for (BurnQuestion question : plan.questions()) {
                if (!FlintQuestions.agreed(session, question, "device")) {
                    return ExitCode.FAILED;
                }
            }
            session.out().flush();
            GuardedBurn.execute(plan.dangerous() ? plan.withConsent() : plan, device, Optional.empty(),
                session.streams().state(), progress);
            return ExitCode.DONE;
        }

        @Override
        public void close() throws DeviceException {
            device.close();
        }
    }

    /** The file is replaced at once; whatever stops us before leaves the old one. */
    final class InFile implements FlintEditable {
        private final FlintSession session;
        private final Bytes content;
        private ImageFile file;

        private InFile(FlintSession session, Bytes content) {
            this.session = session;
            this.content = content;
        }

        @Override
        public Fs2Image read() throws FlintImage.Bad {
            boolean striped = session.has(FlintOption.STRIPED_IMAGE);
            FlintImage.judge(content, striped, true);
            try {
                file = ImageFile.parse(content, striped);
                return file.image();
            } catch (FormatException e) {
                throw new FlintImage.Bad(e.getMessage());
            }
        }

        @Override
        public int replace(Fs2Image changed, FlintProgress progress) throws FlintImage.Bad {
            Path path = session.streams().resolve(session.image());
            try {
                OutputFile.rewrite(path, file.with(changed).toArray());
            } catch (FormatException e) {
                throw new FlintImage.Bad(e.getMessage() + "; a dump of a flash can be changed as a card: -d file:"
                    + session.image());
            } catch (IOException e) {
                throw new FlintImage.Bad("Can not write file \"" + session.image() + "\" - " + Problems.message(e)
                    + "; it is unchanged");
            }
            progress.allFinished();
            return ExitCode.DONE;
        }

        @Override
        public void close() {
            // The file was closed when its content was read.
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.device.VirtualCard;

/** For people: boots a machine with cards and runs commands in it; {@code tests/guest/run} starts it. */
final class RunCommand {
    private static final String USAGE = """
        Usage: tests/guest/run [--card FILE]... [--kernel WORD]... [--faster N] [--shell] [COMMAND]...

        Boots a machine with virtual cards (made by "cx3 sim create") as PCI devices 01:00.0, 02:00.0, ... and
        runs each COMMAND with sh; prints what it printed, its exit code and what it did to each card. Files of
        the guest's folder /host are shared; where it is on this machine is printed at the start.
          --card FILE    a card; the guest changes it
          --kernel WORD  added to the kernel command line, such as iomem=relaxed or lockdown=integrity
          --faster N     the chips of the cards are so many times faster
          --shell        reads commands, a line each, from standard input when the COMMANDs are done

        EXAMPLE
          tests/guest/run --card card.sim 'lspci -nn' 'mstflint -d 01:00.0 query' 'cx3 query -d 01:00.0'
        """;

    private RunCommand() {
    }

    public static void main(String[] args) throws Exception {
        List<Path> cards = new ArrayList<>();
        List<String> kernel = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        int faster = 1;
        boolean shell = false;
        for (int i = 0; i < args.length; i++) {
            boolean takesValue = List.of("--card", "--kernel", "--faster").contains(args[i]);
            if (takesValue && i + 1 == args.length || args[i].startsWith("-") && !takesValue
                    && !args[i].equals("--shell")) {
                System.err.print(USAGE);
                System.exit(args[i].equals("--help") ? 0 : 2);
            }
            switch (args[i]) {
                case "--card" -> cards.add(Path.of(System.getProperty("cx3.caller", "")).resolve(args[++i]));
                case "--kernel" -> kernel.add(args[++i]);
                case "--faster" -> faster = Integer.parseInt(args[++i]);
                case "--shell" -> shell = true;
                default -> commands.add(args[i]);
            }
        }
        int worst = 0;
        try (Guest guest = Guest.start(GuestParts.prepare(), new GuestSetup(cards, kernel, List.of(), faster))) {
            System.out.println("/host is " + guest.shared());
            for (String command : commands) {
                worst = Math.max(worst, show(guest.run(command)));
            }
            if (shell) {
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    show(guest.run(line));
                }
            }
        }
        System.exit(worst);
    }

    private static int show(Ran ran) {
        System.out.println(ran);
        for (int i = 0; i < ran.traffic().size(); i++) {
            VirtualCard.Traffic t = ran.traffic().get(i);
            System.out.printf("card %s: %d reads, %d writes, %d SPI commands, %d erases, %d programs, %d violations, %d firmware commands%n",
                Guest.address(i), t.reads(), t.writes(), t.spiCommands(), t.erases(), t.programs(), t.violations(),
                t.firmwareCommands());
        }
        return ran.code();
    }
}

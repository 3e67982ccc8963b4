# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The cx3tools authors
#
# What ./cx3 and ./test share: prerequisites and the build. Sourced by them with $root set; everything said here goes to standard
# error, so that the output of cx3 stays its own.

cx3_say() {
	printf 'cx3: %s\n' "$*" >&2
}

# Ends with the exit code of a missing prerequisite.
cx3_missing() {
	cx3_say "$*"
	exit 3
}

# Sets `major` of the Java below $1, 0 when unknown.
cx3_java_major() {
	major=0
	if [ -f "$1/release" ]; then
		while IFS='=' read -r key value; do
			if [ "$key" = JAVA_VERSION ]; then
				major=${value#\"}
				major=${major%%[!0-9]*}
			fi
		done <"$1/release"
	fi
}

# A JDK of 17 or later with all that natives need.
cx3_is_jdk() {
	[ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -f "$1/include/jni.h" ] || return 1
	cx3_java_major "$1"
	[ "$major" -ge 17 ]
}

# Sets JAVA_HOME to a JDK that serves, and `major`.
cx3_find_jdk() {
	if [ -n "${JAVA_HOME:-}" ]; then
		cx3_is_jdk "$JAVA_HOME" && return 0
		if [ -z "${cx3_told_java_home:-}" ]; then
			cx3_told_java_home=yes
			cx3_say "JAVA_HOME=$JAVA_HOME is no JDK 17 or later (with javac and jni.h); looking elsewhere"
		fi
	fi
	found=$(command -v javac || true)
	if [ -n "$found" ]; then
		found=$(readlink -f -- "$found")
		if cx3_is_jdk "${found%/bin/javac}"; then
			JAVA_HOME=${found%/bin/javac}
			export JAVA_HOME
			return 0
		fi
	fi
	for found in /usr/lib/jvm/*; do
		if cx3_is_jdk "$found"; then
			JAVA_HOME=$found
			export JAVA_HOME
			return 0
		fi
	done
	return 1
}

# Sets `packages` to what lacks; $1 = "test" counts in what only tests need, "guest" what the guest machine needs, too.
cx3_find_missing() {
	packages=
	cx3_find_jdk || packages="$packages openjdk-17-jdk-headless"
	command -v mvn >/dev/null || packages="$packages maven"
	command -v gcc >/dev/null || packages="$packages gcc"
	[ -f /usr/include/stdio.h ] || packages="$packages libc6-dev"
	command -v cmake >/dev/null || packages="$packages cmake"
	command -v make >/dev/null || packages="$packages make"
	command -v flock >/dev/null || packages="$packages util-linux"
	if [ "${1:-}" = guest ]; then
		command -v debootstrap >/dev/null || packages="$packages debootstrap"
		command -v cpio >/dev/null || packages="$packages cpio"
		# To check what debootstrap fetches; Ubuntu comes without it.
		[ -f /usr/share/keyrings/debian-archive-keyring.gpg ] || packages="$packages debian-archive-keyring"
	fi
	if [ "${1:-}" = test ] || [ "${1:-}" = guest ]; then
		command -v clang >/dev/null || packages="$packages clang"
		command -v mstflint >/dev/null || packages="$packages mstflint"
		if [ -f "$root/../shared/tools/mkfs2.py" ]; then
			command -v python3 >/dev/null || packages="$packages python3"
		fi
	fi
	packages=${packages# }
}

# True if apt knows where to get each of the packages named.
cx3_apt_serves() {
	for package in "$@"; do
		case $(LC_ALL=C apt-cache policy "$package" 2>/dev/null) in
		*'Candidate: (none)'* | '') return 1 ;;
		esac
	done
}

# Finds or installs what is needed, or says the command that does and ends with 3. $1 as in cx3_find_missing.
cx3_set_up() {
	cx3_find_missing "${1:-}"
	[ -n "$packages" ] || return 0

	if ! command -v apt-get >/dev/null; then
		cx3_missing "missing here: $packages (names of Debian packages);" \
			"install a JDK 17 or later, Maven 3.8, gcc, CMake 3.22 and make with your package manager"
	fi
	if [ "$(id -u)" != 0 ]; then
		cx3_missing "missing here: $packages; install with:" \
			"sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages"
	fi
	mkdir -p "$root/target" || cx3_missing "cannot write to $root/target"
	log=$root/target/setup.log
	cx3_say "installing $packages (log: $log) ..."
	export DEBIAN_FRONTEND=noninteractive
	# shellcheck disable=SC2086
	if ! cx3_apt_serves $packages; then
		apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 update >"$log" 2>&1 ||
			cx3_say "apt-get update failed, going on with what is known (log: $log)"
	fi
	case " $packages " in
	*' openjdk-17-jdk-headless '*)
		if ! cx3_apt_serves openjdk-17-jdk-headless; then
			packages="default-jdk-headless ${packages#openjdk-17-jdk-headless}"
		fi
		;;
	esac
	# shellcheck disable=SC2086
	if ! apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 install -y \
		--no-install-recommends $packages >>"$log" 2>&1 </dev/null; then
		tail -n 15 "$log" >&2
		cx3_missing "installation failed; try: apt-get update &&" \
			"apt-get install -y --no-install-recommends $packages"
	fi
	wanted=$packages
	cx3_find_missing "${1:-}"
	[ -z "$packages" ] || cx3_missing "installed $wanted, but still missing: $packages"
}

# True if anybody but us owns what a build writes to, and we cannot.
cx3_check_writable() {
	mkdir -p "$root/target" 2>/dev/null || true
	for folder in "$root/target" "$root/core-native/target" "$root/core-java/target" "$root/cli/target"; do
		if [ -e "$folder" ] && [ ! -w "$folder" ]; then
			cx3_missing "$folder belongs to another user: build as that user, or remove it"
		fi
	done
	[ -d "$root/target" ] || cx3_missing "cannot write to $root: build in a checkout of your own"
}

# Sets `lint`: warnings are errors with the Java this project is developed with; later ones know more warnings.
cx3_lint() {
	lint=-Werror
	cx3_java_major "$JAVA_HOME"
	[ "$major" = 17 ] || lint=-Xlint:none
}

# Builds the command and puts it to target/run-*; two builds at once wait for each other.
cx3_build() {
	cx3_check_writable
	exec 9>"$root/target/build.lock"
	if ! flock -n 9; then
		cx3_say "another build is running, waiting for it ..."
		flock 9
		# It has built what we came for, unless a source changed meanwhile: the next start sees to that.
		if [ -f "$root/target/current" ]; then
			exec 9>&-
			return 0
		fi
	fi
	log=$root/target/build.log
	if [ -f "$root/target/current" ]; then
		cx3_say "a source has changed, building again (log: $log) ..."
	else
		cx3_say "building (first start, about a minute; log: $log) ..."
	fi
	# A folder that the build would make first counts as a change of the folder above it.
	mkdir -p "$root/core-native/target" "$root/core-java/target" "$root/cli/target"
	: >"$root/target/began"
	# Distributions of earlier versions are not to be taken for this one.
	rm -rf "$root"/cli/target/cx3tools-*/
	cx3_lint
	if ! (cd "$root" && mvn -B -Dcx3.javac.werror="$lint" -DskipTests -Dmaven.test.skip=true \
		-pl cli -am package) >"$log" 2>&1 </dev/null 9>&-; then
		grep -E '^\[ERROR\]|error:' "$log" | head -n 20 >&2
		cx3_say "the build failed; the whole log: $log"
		exit 1
	fi

	# A copy of its own: a command that still runs from the last build keeps its files.
	run=run-$(date +%Y%m%d%H%M%S)-$$
	for built in "$root"/cli/target/cx3tools-*/cx3tools-*/bin; do
		break
	done
	cp -r "${built%/bin}" "$root/target/$run"
	# Only speed is lost when this fails.
	"$root/target/$run/bin/cx3-setup" >>"$log" 2>&1 9>&- || cx3_say "no class data archive; see the end of $log"

	last=
	[ ! -f "$root/target/current" ] || IFS= read -r last <"$root/target/current"
	printf '%s\n' "$run" >"$root/target/current.new"
	touch -r "$root/target/began" "$root/target/current.new"
	mv "$root/target/current.new" "$root/target/current"
	for old in "$root"/target/run-*; do
		case ${old##*/} in
		"$run" | "$last") ;;
		*) rm -rf "$old" ;;
		esac
	done
	exec 9>&-
}

using System.Collections.Frozen;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// The passwords of at least eight characters that lead the published lists of leaked ones, in lower case. Short on
/// purpose: beyond the first few hundred the limit on attempts protects better than a list.
/// </summary>
internal static class CommonPasswords
{
    private const string Words = """
        password password1 password12 password123 password1234 password12345 password! password1! passw0rd passw0rd1
        p@ssw0rd p@ssword p@ssw0rd1 p@ssword1 pa$$word pa$$w0rd mypassword yourpassword thepassword newpassword
        passwort passwort1 contraseña contrasena motdepasse
        123456789 1234567890 12345678910 123456789a 12345678a a12345678 a123456789 1234567a 123123123 123321123
        11223344 1122334455 112233445566 123454321 987654321 9876543210 147258369 159357456 741852963 789456123
        12341234 123412345 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 1qaz2wsx 1qaz2wsx3edc 2wsx3edc qazwsxedc
        zaq12wsx zaq1zaq1 zaq1xsw2 1qazxsw2 qazwsx123 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345
        qwerty123456 qwertz123 qwertzui qwertzuiop azertyuiop asdfghjk asdfghjkl asdf1234 asdfasdf zxcvbnm1 zxcvbnm123
        qweasdzxc qweasd123 qwe123qwe asd123asd abc12345 abc123456 abcd1234 abcdefg1 abcd12345 aa123456 aaa12345
        abc123abc a1b2c3d4 a1b2c3d4e5 1a2b3c4d test1234 test12345 testtest testing1 testing123 tester123 user1234
        admin123 admin1234 admin12345 adminadmin administrator root1234 rootroot changeme changeme1 changeme123 letmein1
        letmein123 letmeinnow welcome1 welcome12 welcome123 welcome1234 welcome1! iloveyou iloveyou1 iloveyou2 iloveyou!
        loveyou1 lovelove ilovegod iloveme1 sunshine sunshine1 princess princess1 football football1 baseball baseball1
        basketball superman superman1 batman123 spiderman starwars starwars1 pokemon1 pokemon123 minecraft computer
        computer1 internet samsung1 samsung123 whatever whatever1 trustno1 michelle michael1 jennifer jessica1 charlie1
        jordan23 danielle nicholas elizabeth alexander alexandra victoria veronica christian benjamin jonathan samantha
        caroline isabella gabriela patricia fernando mercedes chocolate butterfly strawberry cheesecake elephant
        dolphins dolphin1 mountain midnight november december september october1 summer2024 summer2025 summer2026
        winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 monkey123 dragon123 master123 shadow123
        hello123 hello1234 hellohello helloworld helloworld1 secret123 secret1234 topsecret access14 blink182 babygirl
        babygirl1 blessing blessed1 jesus123 jesuschrist jesusislord america1 liverpool liverpool1 chelsea1 arsenal1
        barcelona realmadrid juventus manchester metallica slipknot nirvana1 rockstar rockyou1 fuckyou1 fuckyou123
        fuckyou2 asshole1 cocacola corvette firebird mustang1 lasvegas new2025! scorpion redskins cowboys1 steelers
        yankees1 lakers24 a1234567 q1234567 z1234567 asdf12345 qwer1234 qwerqwer 1234qwer zxcv1234 7777777a 88888888a
        12344321 123456ab 123456aa 123456abc 123456qw 123456qwerty 11111111a 0123456789 01234567 p0o9i8u7 1029384756
        default1 guest123 guestguest demo1234 demodemo ticket123 tickets1 tickets123 onsale123 onsale1234 concert1
        """;

    public static FrozenSet<string> Read() =>
        Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}

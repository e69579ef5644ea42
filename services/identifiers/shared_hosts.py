"""Hosts where many have a page: an address there does not tell whose site it is."""

_PLATFORMS = """
about.me apple.com behance.net bsky.app calendly.com canva.site dailymotion.com discord.gg
discord.com dribbble.com facebook.com fb.com fb.me github.com gitlab.com instagram.com
linkedin.com lnkd.in mastodon.social medium.com messenger.com notion.site pinterest.com
pinterest.fr reddit.com snapchat.com substack.com telegram.me t.me threads.net tiktok.com
tumblr.com twitch.tv twitter.com vimeo.com viadeo.com wa.me whatsapp.com x.com xing.com youtu.be
youtube.com bit.ly cutt.ly goo.gl g.co g.page is.gd ow.ly rebrand.ly t.co tinyurl.com beacons.ai
bio.link bio.site campsite.bio lnk.bio linkin.bio linktr.ee sumup.link solo.to taplink.cc
google.com google.fr bing.com yandex.com apps.apple.com waze.com openstreetmap.org mappy.com
wikipedia.org 118000.fr 118712.fr actulegales.fr annuaire.com batiproduits.com bodacc.fr cylex.fr
cylex-locale.fr data.gouv.fr europages.com europages.fr gralon.net horaires.lefigaro.fr
hoodspot.fr infobel.com infogreffe.fr infonet.fr justacote.com kompass.com local.fr manageo.fr
meilleur-artisan.com net1901.org pagesjaunes.ca pagesjaunes.fr pagespro.com pappers.fr
petitfute.com rubypayeur.com score3.fr societe.com societe.ninja solocal.com starofservice.com
trouver-ouvert.fr trustpilot.com verif.com yellowpages.com yelp.com yelp.fr crunchbase.com
glassdoor.com glassdoor.fr indeed.com indeed.fr welcometothejungle.com airbnb.com airbnb.fr
booking.com deliveroo.fr gitesdefrance.com just-eat.fr lafourchette.com opentable.com
opentable.fr restaurantguru.com thefork.com thefork.fr tripadvisor.com tripadvisor.fr ubereats.com
zenchef.com abritel.fr expedia.com hotels.com doctolib.com doctolib.fr keldoc.com maiia.com
medoucine.com qare.fr resalib.fr lemedecin.fr annuairesante.ameli.fr
consultation.avocat.fr booksy.com fresha.com kiute.com planity.com treatwell.fr
wavy.co allovoisins.com bark.com codeur.com comet.co creme-de-la-creme.com fiverr.com
freelance.com freelancer.com habitatpresto.com houzz.com houzz.fr leboncoin.fr logic-immo.com
malt.com malt.fr manomano.fr meilleursagents.com needhelp.com pap.fr seloger.com superprof.fr
travaux.com upwork.com yoojo.fr aliexpress.com amazon.com amazon.fr bigcartel.com cdiscount.com
ebay.com ebay.fr etsy.com fnac.com rakuten.com ankorstore.com faire.com vinted.fr ulule.com
kisskissbankbank.com gofundme.com helloasso.com leetchi.com lydia-app.com patreon.com paypal.me
tipeee.com billetweb.fr eventbrite.com eventbrite.fr meetup.com weezevent.com yurplan.com
perso.free.fr perso.neuf.fr perso.numericable.fr perso.orange.fr perso.sfr.fr perso.wanadoo.fr
pagesperso-orange.fr monsite-orange.fr monsite.orange.fr dropbox.com drive.google.com
docs.google.com onedrive.live.com sharepoint.com wetransfer.com wixsite.com sites.google.com
forms.gle typeform.com
"""
_BUILDERS_AND_MAIL = """
eatbu.com notaires.fr
blogger.com blogspot.com blogspot.fr business.site carrd.co e-monsite.com framer.website ghost.io
godaddysites.com hubspot.com hubspotpagebuilder.com jimdo.com jimdofree.com jimdosite.com
mailchimpsites.com myportfolio.com myshopify.com odoo.com over-blog.com over-blog.fr page4.me
pagesjaunes-site.fr shopify.com simdif.com site123.me sitew.com sitew.fr squarespace.com
square.site strikingly.com sumup.com sumupstore.com systeme.io tilda.ws ucraft.site unblog.fr
webador.fr webflow.io webnode.com webnode.fr webself.net weebly.com wifeo.com wix.com
wordpress.com zyro.com zyrosite.com canalblog.com skyrock.com centerblog.net aliceadsl.fr aol.com
bbox.fr club-internet.fr cegetel.net dbmail.com email.com free.fr freesbee.fr gmail.com gmx.com
gmx.de gmx.fr googlemail.com hotmail.com hotmail.fr icloud.com laposte.net libertysurf.fr live.com
live.fr mac.com mail.com mail.ru mailo.com me.com msn.com neuf.fr noos.fr numericable.fr orange.fr
outlook.com outlook.fr pm.me proton.me protonmail.com qq.com rocketmail.com sfr.fr tutanota.com
voila.fr wanadoo.fr web.de yahoo.com yahoo.fr yandex.ru ymail.com zoho.com
"""
PLATFORMS = frozenset(_PLATFORMS.split())
"""They and what is below them: who has a page there is in the path, if anywhere."""
BUILDERS_AND_MAIL = frozenset(_BUILDERS_AND_MAIL.split())
"""Themselves only: what is below is one customer's (`alpha.jimdo.com`)."""


def is_shared(host: str) -> bool:
    """Whether strangers share this host, which is in lower case and without `www.`."""
    labels = host.split(".")
    ends = (".".join(labels[at:]) for at in range(len(labels)))
    return host in BUILDERS_AND_MAIL or any(end in PLATFORMS for end in ends)
